import { Logger, type OnModuleInit } from '@nestjs/common';
import { InvalidArgumentError, type NatsConnection, NoRespondersError, PermissionViolationError, RequestError, TimeoutError } from '@nats-io/transport-node';
import { type ActorKind, type ActorOf, AppError, type Caller, type Rpc } from '@relevo/contracts';
import { defaultRequestTimeoutMs } from '@relevo/platform';
import { toHeaders } from './caller.js';
import { fromWire } from './errors.js';

export const NATS_CONNECTION = Symbol('NATS_CONNECTION');

/** The service's own setting: how long whoever asks another service waits for the answer. */
export const REQUEST_TIMEOUT_MS = Symbol('REQUEST_TIMEOUT_MS');

/** The envelope of Nest's NATS transport. */
interface ReplyEnvelope {
  err?: unknown;
  response?: unknown;
}

const unavailable = (cause?: unknown): AppError =>
  new AppError('UNAVAILABLE', 'A part of the system cannot be reached now. Try again.', { cause });

/** Plain data of a request class: what a caller writes as a literal. */
export type Body<T> = { [K in keyof T]: T[K] };

/** The one way to ask another service. Both body and reply are those of the contract. */
export class MessageBus implements OnModuleInit {
  private readonly logger = new Logger(MessageBus.name);
  private readonly inFlight = new Set<(error: AppError) => void>();
  private connected = true;
  private requests = 0;

  /** A request without an answer by `timeoutMs` is `TIMEOUT`: its outcome is unknown, and its commandId makes a repeat safe. */
  constructor(
    private readonly nats: NatsConnection,
    private readonly timeoutMs = defaultRequestTimeoutMs,
  ) {}

  onModuleInit(): void {
    void this.watch();
  }

  /** Whether NATS can be reached right now. */
  get isConnected(): boolean {
    return this.connected && !this.nats.isClosed();
  }

  /**
   * Asks and waits for the answer. Throws the handler's own `AppError`; `UNAVAILABLE` at once when NATS is away, nobody
   * serves the subject, or the connection breaks meanwhile; `TIMEOUT` when no answer came; `PAYLOAD_TOO_LARGE` for more than
   * NATS takes (`max_payload`).
   */
  async request<Request extends object, Reply extends object, Kind extends ActorKind>(
    rpc: Rpc<Request, Reply, Kind>,
    body: Body<Request>,
    caller: Caller<ActorOf<Kind>>,
    timeoutMs = this.timeoutMs,
  ): Promise<Reply> {
    if (!this.isConnected) throw unavailable();
    const id = String(++this.requests);
    const payload = JSON.stringify({ pattern: rpc.subject, data: body, id });
    let abandon: (error: AppError) => void = () => undefined;
    const broken = new Promise<never>((_, reject) => (abandon = reject));
    this.inFlight.add(abandon);
    try {
      const message = await Promise.race([
        this.nats.request(rpc.subject, payload, { timeout: timeoutMs, headers: toHeaders(caller as Caller) }),
        broken,
      ]);
      const { err, response } = message.json<ReplyEnvelope>();
      if (err !== undefined && err !== null) throw fromWire(err);
      return response as Reply;
    } catch (error) {
      if (error instanceof AppError) throw error;
      // Nothing else of what it is given is the caller's.
      if (error instanceof InvalidArgumentError) throw new AppError('PAYLOAD_TOO_LARGE', 'The request is too large.', { cause: error });
      if (error instanceof TimeoutError) throw new AppError('TIMEOUT', 'The answer did not come in time.', { cause: error });
      if (error instanceof NoRespondersError || error instanceof RequestError) throw unavailable(error);
      if (!this.isConnected) throw unavailable(error);
      throw error;
    } finally {
      this.inFlight.delete(abandon);
    }
  }

  private async watch(): Promise<void> {
    for await (const status of this.nats.status()) {
      // A stale connection closes only once what was written to it has left, which may take as long as the outage.
      if (status.type === 'staleConnection' || status.type === 'disconnect') {
        if (this.connected) this.logger.warn('NATS is out of reach');
        this.connected = false;
        for (const abandon of this.inFlight) abandon(unavailable());
      } else if (status.type === 'reconnect') {
        this.connected = true;
        this.logger.log('NATS is back');
      } else if (status.type === 'error' && status.error instanceof PermissionViolationError) {
        const { operation, subject } = status.error;
        this.logger.error({ operation, subject }, 'NATS does not let this user do that: deploy/nats/users.conf says who may');
      }
    }
    this.connected = false;
  }
}
