import { once } from 'node:events';
import { Gauge } from 'prom-client';
import { slowSocketsCut } from '../metrics.js';
import type { Connection } from './agent-socket.js';

/** What Engine.IO's transport has below it, and lets nobody see. */
interface WebSocketTransport {
  readonly socket: { readonly bufferedAmount: number; terminate(): void };
}

interface Packet {
  readonly data?: { readonly length: number };
}

const webSocketOf = ({ transport }: Connection): WebSocketTransport['socket'] => (transport as unknown as WebSocketTransport).socket;

const open = new Map<Connection, SendBuffer>();

/** Added up when somebody asks, instead of at every packet. */
new Gauge({
  name: 'relevo_send_buffer_bytes',
  help: 'Sent to all connections, and not read yet.',
  collect() {
    this.set([...open.values()].reduce((sum, { bytes }) => sum + bytes, 0));
  },
});

/** Resolves when the network has taken all that was sent to a client, or the connection has ended. */
export const drained = (connection: Connection): Promise<void> => open.get(connection)?.drained() ?? Promise.resolve();

/** A proper end, after all that was sent; another one where the client does not read that, or the goodbye, in time. */
export async function endWithin(connection: Connection, timeoutMs: number): Promise<void> {
  if (connection.readyState === 'closed') return;
  const webSocket = webSocketOf(connection);
  setTimeout(() => webSocket.terminate(), timeoutMs).unref();
  const ended = once(connection, 'close');
  connection.close();
  await ended;
}

/**
 * What a connection was given to send, and the network has not taken because the client does not read. When that is more
 * than the limit, the next packet ends it: the client has its cursor, and nobody must hold events for it meanwhile. One
 * packet alone never does, however large. It costs an addition a packet, and nothing while nothing is sent.
 */
export class SendBuffer {
  /** In Engine.IO's own queue, where packets wait while those before them are on their way; in characters, mostly bytes. */
  private queued = 0;
  private isCut = false;

  constructor(
    private readonly connection: Connection,
    private readonly limitBytes: number,
  ) {
    open.set(connection, this);
    connection.on('packetCreate', ({ data }: Packet) => this.add(data?.length ?? 0));
    connection.on('flush', () => (this.queued = 0));
    connection.once('close', () => open.delete(connection));
  }

  get bytes(): number {
    return this.queued + webSocketOf(this.connection).bufferedAmount;
  }

  async drained(): Promise<void> {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    this.connection.once('close', end);
    try {
      while (this.connection.readyState === 'open' && !(this.connection.transport.writable && this.queued === 0)) {
        // After the queue's own listener: by then more may be on its way.
        await once(this.connection.transport, 'ready', { signal: ended.signal });
      }
    } catch (error) {
      if (!ended.signal.aborted) throw error;
    } finally {
      this.connection.off('close', end);
    }
  }

  private add(length: number): void {
    if (this.bytes > this.limitBytes) this.cut();
    this.queued += length;
  }

  /** At once, and with all that waits: a proper end would wait for it to be read. Clients come again by themselves. */
  private cut(): void {
    if (this.isCut) return;
    this.isCut = true;
    slowSocketsCut.inc();
    webSocketOf(this.connection).terminate();
  }
}
