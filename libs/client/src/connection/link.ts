import { errorOf, RelevoError, retryAfterOf, unreachable } from '../api/error.js';
import type { Gateways } from '../api/gateways.js';
import { Cell } from '../store/cell.js';
import { type Backoff, waitOf } from './backoff.js';
import type { ClientSocket, OpenSocket } from './socket.js';

/**
 * `connecting`: on its way, for the first time or since a moment; `offline`: a try has failed, others follow;
 * `live`: news come as they happen.
 */
export type ConnectionStatus = 'connecting' | 'live' | 'offline' | 'signed-out';

export interface LinkState {
  readonly status: ConnectionStatus;
  /** Since when, in ms of this machine's clock. */
  readonly since: number;
  /** When the last news came, or might have: what is shown is as it was then. Null before the first connection. */
  readonly asOf: number | null;
}

export interface LinkOptions<A extends object> {
  readonly gateways: Gateways;
  readonly open: OpenSocket<A>;
  /** What the next handshake shows. */
  readonly auth: () => Promise<A>;
  /** `ready` is the first of a connection; what it brings is taken in before the link is live. */
  readonly onEvent: (name: string, payload: unknown) => void;
  /** A connection ended, or was refused when it showed `auth`. What it answers never rejects, and the next try waits for it. */
  readonly onClosed: (reason: RelevoError, auth: A) => Promise<void> | undefined;
}

const returning: Backoff = { firstMs: 500, longestMs: 15_000 };
/** A gateway acknowledges in half of it, whatever happens. */
const acknowledgeMs = 10_000;

/** A socket that is wanted until it is stopped: it comes back by itself. */
export class Link<A extends object> {
  readonly state = new Cell<LinkState>({ status: 'connecting', since: Date.now(), asOf: null });
  private socket: ClientSocket | null = null;
  private isWanted = false;
  private isReady = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the try under way; one that was overtaken changes nothing. */
  private attempt = 0;

  constructor(private readonly options: LinkOptions<A>) {}

  get isLive(): boolean {
    return this.isReady;
  }

  start(): void {
    if (this.isWanted) return;
    this.isWanted = true;
    this.failures = 0;
    this.turn('connecting');
    void this.connect();
  }

  stop(status: 'signed-out' | 'offline'): void {
    this.isWanted = false;
    this.drop();
    this.turn(status);
  }

  /** Now may be better than later: the network came back, the page is looked at again. */
  wake(): void {
    if (!this.isWanted || this.socket) return;
    this.failures = 0;
    void this.connect();
  }

  /** The network is known to be gone, long before a silent socket would show it. */
  suspend(): void {
    if (this.isWanted && this.socket) this.ended(unreachable('The network is gone.'));
  }

  /** Asks over the socket. `UNREACHABLE` where it is not live, or does not answer. */
  async ask(event: string, body: object): Promise<unknown> {
    const { socket } = this;
    if (!socket || !this.isReady) throw unreachable('The connection is not live.');
    const ack = await socket.ask(event, body, acknowledgeMs).catch((error: unknown) => {
      // Whoever does not answer in time may be gone without a word.
      if (socket === this.socket) this.ended(errorOf(error));
      throw error;
    });
    if (ack.ok) return ack.data;
    throw new RelevoError(ack.error);
  }

  private async connect(): Promise<void> {
    clearTimeout(this.timer);
    this.drop();
    const attempt = ++this.attempt;
    const { gateways, open } = this.options;
    try {
      const auth = await this.options.auth();
      if (attempt !== this.attempt || !this.isWanted) return;
      const url = gateways.current;
      this.socket = open(url, auth, {
        onEvent: (name, payload) => {
          if (attempt === this.attempt) this.hear(name, payload);
        },
        onClosed: (reason) => {
          if (reason.code === 'UNREACHABLE') gateways.isAway(url);
          if (attempt === this.attempt) this.closed(reason, auth);
        },
      });
    } catch (error) {
      if (attempt === this.attempt && this.isWanted) this.ended(errorOf(error));
    }
  }

  private hear(name: string, payload: unknown): void {
    if (name === 'ready') {
      this.isReady = true;
      this.failures = 0;
    }
    this.options.onEvent(name, payload);
    if (name === 'ready') this.turn('live');
  }

  private closed(reason: RelevoError, auth: A): void {
    const preparation = this.options.onClosed(reason, auth);
    if (preparation) void preparation.then(() => this.ended(reason));
    else this.ended(reason);
  }

  private ended(reason: RelevoError): void {
    const wasReady = this.isReady;
    const asOf = wasReady ? Date.now() : this.state.getSnapshot().asOf;
    this.drop();
    if (!this.isWanted) return;
    this.turn(wasReady ? 'connecting' : 'offline', asOf);
    const wait = wasReady ? Math.random() * returning.firstMs : waitOf(returning, this.failures++);
    this.timer = setTimeout(() => void this.connect(), Math.max(wait, retryAfterOf(reason)));
  }

  private drop(): void {
    this.attempt += 1;
    clearTimeout(this.timer);
    this.socket?.close();
    this.socket = null;
    this.isReady = false;
  }

  private turn(status: ConnectionStatus, asOf: number | null = this.state.getSnapshot().asOf): void {
    const before = this.state.getSnapshot();
    const at = status === 'live' ? Date.now() : asOf;
    if (before.status !== status || before.asOf !== at) this.state.set({ status, since: before.status === status ? before.since : Date.now(), asOf: at });
  }
}
