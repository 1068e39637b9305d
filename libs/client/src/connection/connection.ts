import type { Gateways } from '../api/gateways.js';
import type { LiveEvent } from '../live-state.js';
import type { Session } from '../session/session.js';
import type { Cell } from '../store/cell.js';
import { Link, type LinkState } from './link.js';
import type { OpenSocket, SocketAuth } from './socket.js';

/** An agent's socket, wanted while somebody is signed in: it comes back by itself, with its last cursor. */
export class Connection {
  private readonly link: Link<SocketAuth>;
  private cursor: string | null = null;

  constructor(
    private readonly session: Session,
    gateways: Gateways,
    open: OpenSocket,
    private readonly onEvent: (event: LiveEvent) => void,
  ) {
    this.link = new Link({
      gateways,
      open,
      auth: () => this.auth(),
      onEvent: (name, payload) => this.hear({ name, payload } as LiveEvent),
      // A token may end sooner than this machine's clock says. Renewing also finds out that the session is over.
      onClosed: ({ code }, { token }) => (code === 'UNAUTHENTICATED' ? this.renew(token) : undefined),
    });
    session.onToken((token) => void this.showToken(token));
  }

  get state(): Cell<LinkState> {
    return this.link.state;
  }

  get isLive(): boolean {
    return this.link.isLive;
  }

  start(): void {
    this.link.start();
  }

  /** Lets go, and forgets how far it had come: the next to sign in may be somebody else. */
  stop(status: 'signed-out' | 'offline' = 'signed-out'): void {
    this.cursor = null;
    this.link.stop(status);
  }

  wake(): void {
    this.link.wake();
  }

  suspend(): void {
    this.link.suspend();
  }

  ask(event: string, body: object): Promise<unknown> {
    return this.link.ask(event, body);
  }

  private async auth(): Promise<SocketAuth> {
    const token = await this.session.token();
    return { token, ...(this.cursor !== null && { cursor: this.cursor }) };
  }

  private async renew(token: string): Promise<void> {
    await this.session.renew(token).catch(() => undefined);
  }

  private hear(event: LiveEvent): void {
    if ('cursor' in event.payload) this.cursor = event.payload.cursor;
    this.onEvent(event);
  }

  private async showToken(token: string): Promise<void> {
    // One that is connecting shows the one that it was opened with; it will be cut, and come again with the next.
    if (this.isLive) await this.ask('auth.refresh', { token }).catch(() => undefined);
  }
}
