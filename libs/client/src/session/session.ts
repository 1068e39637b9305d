import type { AgentView, Login, SessionView, WorkspaceView } from '@relevo/contracts';
import { newCommandId } from '../api/command-id.js';
import { isPassing, RelevoError, errorOf } from '../api/error.js';
import type { Rest } from '../api/rest.js';
import { Cell } from '../store/cell.js';
import type { Locks } from './locks.js';
import type { KeyValueStorage } from './storage.js';
import { isFresh, parseSession, renewedAt, type StoredSession, storedOf } from './tokens.js';

export type SessionState =
  /** What is kept has not been read yet. */
  | { readonly status: 'starting' }
  /** `expired`: it was ended elsewhere, or nobody came for too long; whoever was signed in is asked again. */
  | { readonly status: 'signed-out'; readonly reason: 'signed-out' | 'expired' }
  | { readonly status: 'signed-in'; readonly agent: AgentView; readonly workspace: WorkspaceView };

const key = 'relevo.session';
/** Between tries to renew while no gateway answers. */
const retryMs = 5_000;
/** `setTimeout` takes no more. */
const longestMs = 2 ** 31 - 1;

const json = { 'content-type': 'application/json' };

const signedOut = (): RelevoError => new RelevoError({ code: 'UNAUTHENTICATED', message: 'Nobody is signed in.' });

/** Who is signed in, in this tab and all that share its storage, with an access token that is good. */
export class Session {
  readonly state = new Cell<SessionState>({ status: 'starting' });
  private current: StoredSession | null = null;
  private renewing: Promise<StoredSession> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly tokenListeners = new Set<(token: string) => void>();
  private unwatch: (() => void) | undefined;

  constructor(
    private readonly rest: Rest,
    private readonly storage: KeyValueStorage,
    private readonly locks: Locks,
  ) {}

  /** Takes up a sign-in that was kept. */
  async start(): Promise<void> {
    this.unwatch = this.storage.watch?.((changed, value) => {
      if (changed === key) this.adopt(parseSession(value), 'signed-out');
    });
    this.adopt(parseSession(await this.storage.get(key)), 'signed-out');
  }

  stop(): void {
    clearTimeout(this.timer);
    this.unwatch?.();
  }

  async login(credentials: Login): Promise<void> {
    await this.keep(await this.post('/v1/auth/login', credentials), newCommandId());
  }

  /** Signed out here whatever the gateway says; a refresh token that it could not be told of stays good until it expires. */
  async logout(): Promise<void> {
    const { current } = this;
    await this.forget('signed-out');
    if (current) await this.end(current.refreshToken);
  }

  /** A token that is good for a while. */
  async token(): Promise<string> {
    if (!this.current) throw signedOut();
    return isFresh(this.current, Date.now()) ? this.current.accessToken : this.renew(this.current.accessToken);
  }

  /** Another one than this, which a gateway did not take or which is near its end. */
  async renew(used: string): Promise<string> {
    this.renewing ??= this.locks.run(key, () => this.renewed(used)).finally(() => (this.renewing = null));
    return (await this.renewing).accessToken;
  }

  /** Each new access token of the same sign-in. */
  onToken(listener: (token: string) => void): void {
    this.tokenListeners.add(listener);
  }

  /**
   * Alone over all tabs: of what several got for one refresh token one alone goes on, and another would end the session.
   * Where the answer was lost, or its page was reloaded before it came, the next to ask brings the same token and id, in time.
   */
  private async renewed(used: string): Promise<StoredSession> {
    const stored = parseSession(await this.storage.get(key));
    if (!stored) {
      this.adopt(null, 'signed-out');
      throw signedOut();
    }
    if (stored.accessToken !== used && isFresh(stored, Date.now())) {
      this.adopt(stored, 'expired');
      return stored;
    }
    try {
      return await this.keepInPlaceOf(stored, await this.post('/v1/auth/refresh', { refreshToken: stored.refreshToken, commandId: stored.renewalId }));
    } catch (error) {
      if (errorOf(error).code === 'UNAUTHENTICATED' && (await this.isKept(stored))) await this.forget('expired');
      throw error;
    }
  }

  /** Unless somebody signed out, or in, while it was asked for. */
  private async keepInPlaceOf(before: StoredSession, view: SessionView): Promise<StoredSession> {
    if (await this.isKept(before)) return this.keep(view, before.signIn);
    // Where another tab renewed the same sign-in meanwhile, ending what came here would end theirs.
    if (!(await this.isRenewed(before))) await this.end(view.refreshToken);
    const now = parseSession(await this.storage.get(key));
    this.adopt(now, 'signed-out');
    if (!now) throw signedOut();
    return now;
  }

  private async isRenewed({ signIn }: StoredSession): Promise<boolean> {
    const now = parseSession(await this.storage.get(key));
    return now !== null && now.signIn === signIn;
  }

  private async isKept({ refreshToken }: StoredSession): Promise<boolean> {
    return parseSession(await this.storage.get(key))?.refreshToken === refreshToken;
  }

  /** Tells the gateway, if that can be. */
  private async end(refreshToken: string): Promise<void> {
    await this.rest.exchange({ method: 'POST', path: '/v1/auth/logout', headers: json, body: JSON.stringify({ refreshToken }) }).catch(() => undefined);
  }

  private async post(path: string, body: object): Promise<SessionView> {
    return (await this.rest.exchange({ method: 'POST', path, headers: json, body: JSON.stringify(body) })) as SessionView;
  }

  /** Kept before it is used: the token before is worth nothing any more. */
  private async keep(view: SessionView, signIn: string | undefined): Promise<StoredSession> {
    const session = storedOf(view, signIn, Date.now());
    await this.storage.set(key, JSON.stringify(session));
    this.adopt(session, 'expired');
    return session;
  }

  private async forget(reason: 'signed-out' | 'expired'): Promise<void> {
    this.adopt(null, reason);
    await this.storage.remove(key);
  }

  private adopt(session: StoredSession | null, reason: 'signed-out' | 'expired'): void {
    const before = this.current;
    this.current = session;
    clearTimeout(this.timer);
    if (!session) {
      if (this.state.getSnapshot().status !== 'signed-out') this.state.set({ status: 'signed-out', reason });
      return;
    }
    const { agent, workspace, accessToken } = session;
    if (before?.agent.id !== agent.id || this.state.getSnapshot().status !== 'signed-in') this.state.set({ status: 'signed-in', agent, workspace });
    if (before && before.accessToken !== accessToken) for (const listener of this.tokenListeners) listener(accessToken);
    this.renewIn(renewedAt(session) - Date.now());
  }

  private renewIn(ms: number): void {
    this.timer = setTimeout(() => void this.renewInTime(), Math.min(Math.max(0, ms), longestMs));
  }

  private async renewInTime(): Promise<void> {
    const { current } = this;
    if (!current) return;
    try {
      await this.renew(current.accessToken);
    } catch (error) {
      if (isPassing(errorOf(error)) && this.current) this.renewIn(retryMs);
    }
  }
}
