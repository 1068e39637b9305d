import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';

export interface PublicEntryShape {
  readonly conversationId: string;
  readonly seq: number;
  readonly type: string;
  readonly visibility: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly data: { readonly text?: string };
}

interface History {
  readonly items: PublicEntryShape[];
  readonly nextCursor: string | null;
}

export type WidgetAck<T> = { ok: true; data: T } | { ok: false; error: { code: string } };

interface Ready {
  readonly visitorToken: string;
  readonly conversation?: { readonly id: string; readonly status: string; readonly seq: number };
}

/** What a busy machine did not do in time; asked again it may. */
const isLate = ({ code }: { code: string }): boolean => code === 'TIMEOUT' || code === 'UNAVAILABLE';

/** Longer than any answer may take; only keeps a broken run from hanging. */
const patienceMs = 60_000;

/**
 * A customer's browser at the widget, that knows the public contract and nothing of ours. What it shows is what it was
 * told and what it found in its history, each entry once; so after every reconnection it has missed nothing.
 */
export class OutsideVisitor {
  /** Everything that came over the wire, as it came. */
  received = '';
  /** What was told live, in the order in which it came, over all connections. */
  readonly told: PublicEntryShape[] = [];
  readonly typing: { conversationId: string; actor: { kind: string; name: string }; stopped?: boolean }[] = [];
  /** How often it became ready, and the last news of that. */
  readies = 0;
  ready!: Ready;
  private readonly shown = new Map<string, PublicEntryShape>();

  private constructor(private readonly socket: Socket) {}

  /** Resolves when ready, with the history loaded. */
  static async open(gatewayUrl: string, auth: { channelId: string; visitorToken?: string; userId?: string; userHash?: string }): Promise<OutsideVisitor> {
    const known = { ...auth };
    // A function, as browsers do it: the token of the last `ready` is the one to come back with.
    const socket = io(`${gatewayUrl}/widget`, { auth: (give) => give(known), transports: ['websocket'], forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200 });
    const visitor = new OutsideVisitor(socket);
    socket.io.on('open', () => socket.io.engine.on('packet', ({ data }: { data?: unknown }) => (visitor.received += typeof data === 'string' ? data : '')));
    socket.on('entry', (entry: PublicEntryShape) => {
      visitor.told.push(entry);
      visitor.show(entry);
    });
    socket.on('typing', (event: OutsideVisitor['typing'][number]) => visitor.typing.push(event));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect_error', reject);
      socket.on('ready', (ready: Ready) => {
        visitor.ready = ready;
        known.visitorToken = ready.visitorToken;
        visitor.catchUp().then(() => {
          visitor.readies += 1;
          resolve();
        }, reject);
      });
    });
    return visitor;
  }

  /** A message is repeated under its commandId until it is acknowledged. */
  async writes(text: string, commandId: string = randomUUID()): Promise<PublicEntryShape> {
    for (;;) {
      const ack = await this.ask<PublicEntryShape>('message.send', { text, commandId });
      if (ack.ok) return ack.data;
      if (!isLate(ack.error)) throw new Error(`refused: ${JSON.stringify(ack.error)}`);
    }
  }

  async ask<T>(event: string, body: object): Promise<WidgetAck<T>> {
    return (await this.socket.timeout(patienceMs).emitWithAck(event, body)) as WidgetAck<T>;
  }

  /** All that is shown of a conversation, in its order. */
  entriesOf(conversationId: string): PublicEntryShape[] {
    return [...this.shown.values()].filter((entry) => entry.conversationId === conversationId).sort((a, b) => a.seq - b.seq);
  }

  close(): void {
    this.socket.disconnect();
  }

  private async catchUp(): Promise<void> {
    let before: string | null = null;
    do {
      const page: WidgetAck<History> = await this.ask<History>('history', before === null ? {} : { before });
      if (!page.ok && isLate(page.error)) continue;
      if (!page.ok) throw new Error(`history: ${page.error.code}`);
      for (const entry of page.data.items) this.show(entry);
      before = page.data.nextCursor;
    } while (before !== null);
  }

  private show(entry: PublicEntryShape): void {
    this.shown.set(`${entry.conversationId}:${entry.seq}`, entry);
  }
}
