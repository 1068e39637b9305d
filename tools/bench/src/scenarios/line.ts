import { randomUUID } from 'node:crypto';
import type { Ack, Entry } from '@relevo/contracts';
import { io, type Socket } from 'socket.io-client';

/** Longer than anything that is not broken. */
const patienceMs = 20_000;

export interface Place {
  /** Of the namespace. */
  readonly url: string;
  readonly token?: string;
}

/** How long after the sender's emit. */
export interface Times {
  /** Another agent's socket got the event. */
  readonly receivedMs: number;
  /** The sender got the answer. */
  readonly acknowledgedMs: number;
}

/** Open at `ready`, which both sides say once events flow. */
export async function openSocket({ url, token }: Place): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, timeout: patienceMs, auth: { token } });
  const opened = Promise.withResolvers<void>();
  socket.once('ready', () => opened.resolve());
  socket.once('connect_error', opened.reject);
  socket.once('disconnect', (reason) => opened.reject(new Error(`cut: ${reason}`)));
  await opened.promise;
  return socket;
}

/** Two agents' sockets, the same client for both sides: one sends, the other waits for what it sent. */
export class Line {
  private readonly awaited = new Map<string, () => void>();

  private constructor(
    private readonly sender: Socket,
    private readonly receiver: Socket,
  ) {
    receiver.on('timeline.entry', ({ entry }: { entry: Pick<Entry, 'data'> }) => {
      if ('text' in entry.data && typeof entry.data.text === 'string') this.awaited.get(entry.data.text)?.();
    });
  }

  static async open(sender: Place, receiver: Place): Promise<Line> {
    return new Line(await openSocket(sender), await openSocket(receiver));
  }

  async send(conversationId: string): Promise<Times> {
    const commandId = randomUUID();
    const text = `Your order left this morning and will be with you tomorrow before noon. (${commandId})`;
    const received = Promise.withResolvers<number>();
    const late = setTimeout(() => received.reject(new Error(`A message did not arrive within ${patienceMs / 1000} s`)), patienceMs);
    const sentAt = performance.now();
    this.awaited.set(text, () => received.resolve(performance.now() - sentAt));
    try {
      const acknowledged = this.sender.timeout(patienceMs).emitWithAck('message.send', { conversationId, commandId, text }).then((ack: Ack<object>) => {
        if (!ack.ok) throw new Error(`A message was refused: ${ack.error.code} ${ack.error.message}`);
        return performance.now() - sentAt;
      });
      const [receivedMs, acknowledgedMs] = await Promise.all([received.promise, acknowledged]);
      return { receivedMs, acknowledgedMs };
    } finally {
      clearTimeout(late);
      this.awaited.delete(text);
    }
  }

  close(): void {
    this.sender.disconnect();
    this.receiver.disconnect();
  }
}
