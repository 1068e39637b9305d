import { type Ack, AppError, type LiveEvents } from '@relevo/contracts';
import { io, type Socket } from 'socket.io-client';
import { type AgentRpc, type Asked, newCommandId } from './command.js';
import { EventLog, type LiveEvent } from './event-log.js';
import { operationOf } from './rest-request.js';

/** Longer than a gateway takes for an answer within its own limits. */
const connectMs = 60_000;
const acknowledgeMs = 60_000;

type EventName = keyof LiveEvents;
type AckRequests = Record<string, (body: unknown, acknowledge: (ack: Ack<unknown>) => void) => void>;

export interface SocketOptions {
  /** Of an earlier socket, to go on from there. */
  readonly cursor?: string;
  /** How many events it keeps to be taken. */
  readonly keep?: number;
  /** Every event from the first one on, for whoever acts on events instead of waiting for one. */
  readonly onEvent?: <E extends EventName>(name: E, event: LiveEvent<E>) => void;
}

/** An agent's socket. Every event it got is kept in order until somebody takes it, so that no wait can come too late. */
export class AgentSocket {
  readonly log: EventLog;
  private readonly socket: Socket<LiveEvents, AckRequests>;

  private constructor(gatewayUrl: string, token: string, { cursor, keep, onEvent }: SocketOptions) {
    this.log = new EventLog(keep);
    this.socket = io(`${gatewayUrl}/agent`, {
      transports: ['websocket'],
      auth: { token, ...(cursor !== undefined && { cursor }) },
      // Whoever tests a disconnect wants to see it; a new socket is one call.
      reconnection: false,
      forceNew: true,
      timeout: connectMs,
    });
    this.socket.onAny((name: EventName, event: LiveEvent<EventName>) => {
      onEvent?.(name, event);
      this.log.add(name, event);
    });
    this.socket.on('disconnect', (reason) => this.log.end(new AppError('UNAVAILABLE', `The socket was cut: ${reason}`)));
  }

  /** Resolves at `ready`. A refused handshake is thrown as the `AppError` it was refused with, a connection that ends before as `UNAVAILABLE`. */
  static async connect(gatewayUrl: string, token: string, options: SocketOptions = {}): Promise<AgentSocket> {
    const connected = new AgentSocket(gatewayUrl, token, options);
    connected.socket.once('connect_error', (error) => connected.log.end(refusalOf(error)));
    try {
      await connected.log.peek('ready', undefined, connectMs);
      return connected;
    } catch (error) {
      connected.close();
      throw error instanceof AppError ? error : new AppError('UNAVAILABLE', 'The socket was not ready in time.', { cause: error });
    }
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  /** The place up to which it knows everything: what to give to the next socket. */
  get cursor(): string {
    return this.log.cursor ?? '';
  }

  /** The first event of this name that fits and was not taken before, now or as soon as it comes. */
  nextEvent<E extends EventName>(name: E, fits?: (event: LiveEvent<E>) => boolean, withinMs?: number): Promise<LiveEvent<E>> {
    return this.log.take(name, fits, withinMs);
  }

  /** For whoever acts on events instead of waiting for one. */
  on<E extends EventName>(name: E, handle: (event: LiveEvent<E>) => void): void {
    this.socket.on<EventName>(name, handle);
  }

  /** When it is cut, by whomever. */
  onEnd(handle: () => void): void {
    this.socket.on('disconnect', handle);
  }

  /** Asks over the socket; the same refusals as over REST. */
  async ask<Request extends object, Reply extends object>(rpc: AgentRpc<Request, Reply>, body: Asked<Request>): Promise<Reply> {
    const { event, method } = operationOf(rpc.subject);
    if (event === undefined) throw new Error(`${rpc.subject} cannot be asked over a socket`);
    return (await this.emit(event, { ...(method !== 'GET' && { commandId: newCommandId() }), ...body })) as Reply;
  }

  /** An event as it is, for what no contract describes. */
  async emit(event: string, body: unknown): Promise<unknown> {
    const ack = await this.acknowledged(event, body);
    if (ack.ok) return ack.data;
    throw AppError.fromBody(ack.error);
  }

  close(): void {
    this.socket.disconnect();
  }

  private async acknowledged(event: string, body: unknown): Promise<Ack<unknown>> {
    try {
      return (await this.socket.timeout(acknowledgeMs).emitWithAck(event, body)) as Ack<unknown>;
    } catch (cause) {
      throw new AppError('UNAVAILABLE', `${event} was not acknowledged.`, { cause });
    }
  }
}

/** `connect_error` carries the gateway's refusal as `data`; a gateway out of reach has none. */
function refusalOf(error: Error & { data?: unknown }): Error {
  const { data } = error;
  if (typeof data === 'object' && data !== null && 'code' in data) return AppError.fromBody({ message: error.message, ...data } as Parameters<typeof AppError.fromBody>[0]);
  return new AppError('UNAVAILABLE', `The socket could not connect: ${error.message}`, { cause: error });
}
