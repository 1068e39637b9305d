import { errorOf, RelevoError, retryAfterOf, unreachable } from '../api/error.js';
import type { Gateways } from '../api/gateways.js';
import type { LiveEvent } from '../live-state.js';
import type { Session } from '../session/session.js';
import { Cell } from '../store/cell.js';
import { type Backoff, waitOf } from './backoff.js';
import type { AgentSocket, OpenSocket } from './socket.js';

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

const returning: Backoff = { firstMs: 500, longestMs: 15_000 };
/** A gateway acknowledges in half of it, whatever happens. */
const acknowledgeMs = 10_000;

/** The socket that is wanted while somebody is signed in: it comes back by itself, with its last cursor. */
export class Connection {
  readonly state = new Cell<LinkState>({ status: 'connecting', since: Date.now(), asOf: null });
  private socket: AgentSocket | null = null;
  private isWanted = false;
  private isReady = false;
  private cursor: string | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the try under way; one that was overtaken changes nothing. */
  private attempt = 0;

  constructor(
    private readonly session: Session,
    private readonly gateways: Gateways,
    private readonly open: OpenSocket,
    private readonly onEvent: (event: LiveEvent) => void,
  ) {
    session.onToken((token) => void this.showToken(token));
  }

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

  /** Lets go, and forgets how far it had come: the next to sign in may be somebody else. */
  stop(status: 'signed-out' | 'offline' = 'signed-out'): void {
    this.isWanted = false;
    this.cursor = null;
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
    try {
      const token = await this.session.token();
      if (attempt !== this.attempt || !this.isWanted) return;
      const url = this.gateways.current;
      this.socket = this.open(url, { token, ...(this.cursor !== null && { cursor: this.cursor }) }, {
        onEvent: (name, payload) => this.hear(attempt, { name, payload } as LiveEvent),
        onClosed: (reason) => {
          if (reason.code === 'UNREACHABLE') this.gateways.isAway(url);
          if (attempt === this.attempt) void this.closed(reason, token);
        },
      });
    } catch (error) {
      if (attempt === this.attempt && this.isWanted) this.ended(errorOf(error));
    }
  }

  private hear(attempt: number, event: LiveEvent): void {
    if (attempt !== this.attempt) return;
    if ('cursor' in event.payload) this.cursor = event.payload.cursor;
    if (event.name === 'ready') {
      this.isReady = true;
      this.failures = 0;
    }
    this.onEvent(event);
    if (event.name === 'ready') this.turn('live');
  }

  private async closed(reason: RelevoError, token: string): Promise<void> {
    // A token may end sooner than this machine's clock says. Renewing also finds out that the session is over.
    if (reason.code === 'UNAUTHENTICATED') await this.session.renew(token).catch(() => undefined);
    this.ended(reason);
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

  private async showToken(token: string): Promise<void> {
    // One that is connecting shows the one that it was opened with; it will be cut, and come again with the next.
    if (this.isReady) await this.ask('auth.refresh', { token }).catch(() => undefined);
  }

  private turn(status: ConnectionStatus, asOf: number | null = this.state.getSnapshot().asOf): void {
    const before = this.state.getSnapshot();
    const at = status === 'live' ? Date.now() : asOf;
    if (before.status !== status || before.asOf !== at) this.state.set({ status, since: before.status === status ? before.since : Date.now(), asOf: at });
  }
}
