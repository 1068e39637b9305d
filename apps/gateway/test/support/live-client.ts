import type { Ack, TrayCounts } from '@relevo/contracts';
import { io, type Socket } from 'socket.io-client';

/** An event as it arrived. */
export interface Heard {
  readonly name: string;
  readonly payload: Record<string, unknown>;
}

const patienceMs = 60_000;

/** A frontend: what it hears is kept in order, so that a test can tell what it did not hear. */
export class LiveClient {
  readonly heard: Heard[] = [];
  /** What trays hold is told beside all else, whenever it is counted. */
  readonly counts: TrayCounts[] = [];
  private readonly waiting = new Set<() => void>();

  private readonly end: Promise<string>;

  private constructor(readonly socket: Socket) {
    this.end = new Promise((resolve) => socket.once('disconnect', resolve));
    socket.onAny((name: string, payload: Record<string, unknown>) => {
      if (name === 'counts.updated') this.counts.push(payload as unknown as TrayCounts);
      else this.heard.push({ name, payload });
      for (const look of [...this.waiting]) look();
    });
  }

  /** Connects and waits for `ready`. */
  static async connect(url: string, auth: Record<string, unknown>, more: object = {}): Promise<LiveClient> {
    const client = LiveClient.open(url, auth, more);
    const refused = new Promise<never>((_, reject) => client.socket.once('connect_error', reject));
    await Promise.race([client.hear('ready'), refused]);
    return client;
  }

  /** In namespace `/agent` unless told. */
  static open(url: string, auth: Record<string, unknown>, { namespace = 'agent', ...more }: { namespace?: string } & object = {}): LiveClient {
    return new LiveClient(io(`${url}/${namespace}`, { transports: ['websocket'], reconnection: false, forceNew: true, auth, ...more }));
  }

  /** What a refused handshake says. */
  static async refusal(url: string, auth: Record<string, unknown>, more: object = {}): Promise<Error & { data?: { code: string } }> {
    const { socket } = LiveClient.open(url, auth, more);
    try {
      return await new Promise((resolve, reject) => {
        socket.once('connect_error', resolve);
        socket.once('connect', () => reject(new Error('was let in')));
      });
    } finally {
      socket.close();
    }
  }

  /** The first event of this name, and with these fields, heard or still to come. */
  hear(name: string, fields: object = {}): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`did not hear ${name} ${JSON.stringify(fields)}, but ${JSON.stringify(this.heard)}`));
      }, patienceMs).unref();
      const look = (): void => {
        const found = this.heard.find((event) => event.name === name && contains(event.payload, fields));
        if (!found) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found.payload);
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Of the last event heard that carries one: where a frontend goes on from. */
  get cursor(): string {
    return String(this.heard.findLast(({ payload }) => payload.cursor !== undefined)?.payload.cursor);
  }

  ask(event: string, ...args: unknown[]): Promise<Ack<Record<string, unknown>>> {
    return this.socket.timeout(patienceMs).emitWithAck(event, ...args) as Promise<Ack<Record<string, unknown>>>;
  }

  /** Resolves with the reason when the connection has ended. */
  ended(): Promise<string> {
    return this.end;
  }

  close(): void {
    this.socket.close();
  }
}

const contains = (value: Record<string, unknown>, fields: object): boolean =>
  Object.entries(fields).every(([key, wanted]) => JSON.stringify(value[key]) === JSON.stringify(wanted));

export const placeOf = (cursor: unknown): number => Number(String(cursor).split('.')[1]);
