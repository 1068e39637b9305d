import type { SessionView } from '@relevo/contracts';
import { Gateways } from '../api/gateways.js';
import { Rest } from '../api/rest.js';
import { leases, type Locks } from './locks.js';
import { Session } from './session.js';
import { type KeyValueStorage, memoryStorage, type StorageNews, webStorage } from './storage.js';

/** What is good of one sign-in. */
interface SignIn {
  good: Set<string>;
  /** The token before, with its id. */
  previous: string | null;
}

/** A gateway's side of sessions: a refresh token is good once and, with the same id and while what it was answered with is not used, again. Any other use ends its session. */
class Sessions {
  private readonly signIns = new Map<string, SignIn>();
  private made = 0;
  ended = false;
  refreshes = 0;
  readonly loggedOut: string[] = [];
  isAway = false;
  /** So many answers do not arrive. */
  loses = 0;
  /** How long an answer takes. */
  takesMs = 0;

  constructor(readonly expiresIn = 900) {}

  readonly fetch: typeof fetch = async (input, init) => {
    const path = new URL(input as string, 'http://gateway').pathname;
    const body = JSON.parse(init?.body as string) as { refreshToken?: string; commandId?: string };
    if (this.takesMs > 0) await new Promise((resolve) => setTimeout(resolve, this.takesMs));
    if (this.isAway) throw new TypeError('fetch failed');
    const answer = this.answer(path, body.refreshToken ?? '', body.commandId ?? '');
    if (this.loses > 0) {
      this.loses -= 1;
      throw new TypeError('fetch failed');
    }
    return answer;
  };

  private answer(path: string, refreshToken: string, commandId: string): Response {
    if (path === '/v1/auth/refresh') return this.refresh(refreshToken, commandId);
    if (path === '/v1/auth/login') return this.tokens({ good: new Set(), previous: null });
    this.loggedOut.push(refreshToken);
    return new Response(null, { status: 204 });
  }

  private refresh(refreshToken: string, commandId: string): Response {
    this.refreshes += 1;
    const signIn = this.signIns.get(refreshToken);
    const use = `${refreshToken} ${commandId}`;
    if (signIn?.good.has(refreshToken)) Object.assign(signIn, { good: new Set(), previous: use });
    if (commandId === '' || signIn?.previous !== use) this.ended = true;
    if (this.ended || !signIn) return Response.json({ code: 'UNAUTHENTICATED', detail: 'Sign in again.', correlationId: 'c' }, { status: 401 });
    return this.tokens(signIn);
  }

  private tokens(signIn: SignIn): Response {
    const number = ++this.made;
    signIn.good.add(`refresh-${number}`);
    this.signIns.set(`refresh-${number}`, signIn);
    const view = { accessToken: `access-${number}`, refreshToken: `refresh-${number}`, expiresIn: this.expiresIn, agent: { id: 'ana' }, workspace: { id: 'sur', name: 'Sur' } };
    return Response.json(view satisfies Omit<SessionView, 'agent'> & { agent: { id: string } });
  }
}

const alone: Locks = { run: (_, task) => task() };
const credentials = { email: 'ana@sur.example', password: 'correct horse' };

const sessions: Session[] = [];
function aTab(gateway: Sessions, storage: KeyValueStorage, locks: Locks = alone): Session {
  const session = new Session(new Rest(new Gateways(['http://gateway']), gateway.fetch, 1_000), storage, locks);
  sessions.push(session);
  return session;
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  for (const session of sessions.splice(0)) session.stop();
  jest.useRealTimers();
});

describe('a session', () => {
  it('is taken up after a reload', async () => {
    const [gateway, storage] = [new Sessions(), memoryStorage()];
    const before = aTab(gateway, storage);
    await before.start();
    expect(before.state.getSnapshot()).toEqual({ status: 'signed-out', reason: 'signed-out' });
    await before.login(credentials);
    const after = aTab(gateway, storage);
    await after.start();
    expect(after.state.getSnapshot()).toMatchObject({ status: 'signed-in', agent: { id: 'ana' }, workspace: { name: 'Sur' } });
    expect(await after.token()).toBe('access-1');
  });

  it('is renewed ahead of its expiry, and by whoever needs a token after a sleep, once for all', async () => {
    const gateway = new Sessions(900);
    const session = aTab(gateway, memoryStorage());
    const tokens: string[] = [];
    session.onToken((token) => tokens.push(token));
    await session.start();
    await session.login(credentials);
    await jest.advanceTimersByTimeAsync(839_000);
    expect(gateway.refreshes).toBe(0);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(tokens).toEqual(['access-2']);
    // A machine that slept: no timer ran.
    jest.setSystemTime(Date.now() + 3_600_000);
    expect(await Promise.all([session.token(), session.token(), session.renew('access-2')])).toEqual(['access-3', 'access-3', 'access-3']);
    expect(gateway.refreshes).toBe(2);
  });

  it('goes on while no gateway answers, and is renewed when one does', async () => {
    const gateway = new Sessions(900);
    const session = aTab(gateway, memoryStorage());
    await session.start();
    await session.login(credentials);
    gateway.isAway = true;
    await jest.advanceTimersByTimeAsync(1_000_000);
    await expect(session.token()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(session.state.getSnapshot().status).toBe('signed-in');
    gateway.isAway = false;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await session.token()).toBe('access-2');
  });

  it('goes on when an answer was lost: the same token is brought again', async () => {
    const gateway = new Sessions(900);
    const session = aTab(gateway, memoryStorage());
    await session.start();
    await session.login(credentials);
    gateway.loses = 2;
    await jest.advanceTimersByTimeAsync(900_000);
    // Two that were lost, and a third.
    expect(gateway).toMatchObject({ ended: false, refreshes: 3 });
    expect(await session.token()).toBe('access-4');
    await jest.advanceTimersByTimeAsync(900_000);
    expect(gateway.ended).toBe(false);
    expect(session.state.getSnapshot().status).toBe('signed-in');
  });

  it('says that it expired when it was ended elsewhere, and forgets it', async () => {
    const [gateway, storage] = [new Sessions(), memoryStorage()];
    const session = aTab(gateway, storage);
    await session.start();
    await session.login(credentials);
    gateway.ended = true;
    await expect(session.renew('access-1')).rejects.toMatchObject({ code: 'UNAUTHENTICATED', correlationId: 'c' });
    expect(session.state.getSnapshot()).toEqual({ status: 'signed-out', reason: 'expired' });
    expect(await storage.keys('')).toEqual([]);
  });

  it('is signed out here also where the gateway cannot be told', async () => {
    const [gateway, storage] = [new Sessions(), memoryStorage()];
    const session = aTab(gateway, storage);
    await session.start();
    await session.login(credentials);
    gateway.isAway = true;
    await session.logout();
    expect(session.state.getSnapshot()).toEqual({ status: 'signed-out', reason: 'signed-out' });
    await expect(session.token()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await storage.keys('')).toEqual([]);
  });
});

describe('a session that is renewed', () => {
  it('does not come back when somebody signs out meanwhile', async () => {
    const [gateway, storage] = [new Sessions(), memoryStorage()];
    const session = aTab(gateway, storage);
    await session.start();
    await session.login(credentials);
    gateway.takesMs = 50;
    const renewing = expect(session.renew('access-1')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    void session.logout();
    await jest.advanceTimersByTimeAsync(500);
    await renewing;
    expect(session.state.getSnapshot()).toEqual({ status: 'signed-out', reason: 'signed-out' });
    expect(await storage.keys('')).toEqual([]);
    // Of the one that was on its way, too.
    expect(gateway.loggedOut).toEqual(['refresh-1', 'refresh-2']);
  });

  it('does not push aside who signed in meanwhile', async () => {
    const [gateway, storage] = [new Sessions(), memoryStorage()];
    const [one, other] = [aTab(gateway, storage), aTab(gateway, storage)];
    await one.start();
    await one.login(credentials);
    gateway.takesMs = 50;
    const renewing = one.renew('access-1');
    await jest.advanceTimersByTimeAsync(10);
    gateway.takesMs = 0;
    await other.login(credentials);
    await jest.advanceTimersByTimeAsync(500);
    expect(await renewing).toBe('access-2');
    expect(await other.token()).toBe('access-2');
  });
});

describe('tabs that share a sign-in', () => {
  it('use each refresh token once, by turns through the storage where the browser has no locks', async () => {
    const [gateway, storage] = [new Sessions(900), memoryStorage()];
    const first = aTab(gateway, storage, leases(storage, 'first'));
    await first.start();
    await first.login(credentials);
    const tabs = [first, ...['second', 'third', 'fourth'].map((name) => aTab(gateway, storage, leases(storage, name)))];
    for (const tab of tabs.slice(1)) await tab.start();
    gateway.takesMs = 50;
    for (let round = 0; round < 5; round++) {
      await jest.advanceTimersByTimeAsync(842_000);
      const tokens = await Promise.all(tabs.map((tab) => tab.token()));
      expect(new Set(tokens).size).toBe(1);
    }
    expect(gateway).toMatchObject({ ended: false, refreshes: 5 });
  });

  it('go on with one token when a page was reloaded while it was renewed, whichever answer comes last', async () => {
    for (const [early, late] of [[20, 50], [50, 20]] as const) {
      const [gateway, storage] = [new Sessions(900), memoryStorage()];
      const [one, other] = [aTab(gateway, storage), aTab(gateway, storage)];
      await one.start();
      await one.login(credentials);
      await other.start();
      gateway.takesMs = early;
      const renewing = one.renew('access-1');
      await jest.advanceTimersByTimeAsync(1);
      gateway.takesMs = late;
      const again = other.renew('access-1');
      await jest.advanceTimersByTimeAsync(100);
      expect(await renewing).toBe(await again);
      await jest.advanceTimersByTimeAsync(5_000_000);
      expect(gateway).toMatchObject({ ended: false, loggedOut: [] });
      expect([one, other].map(({ state }) => state.getSnapshot().status)).toEqual(['signed-in', 'signed-in']);
    }
  });

  it('are signed in and out together', async () => {
    const gateway = new Sessions();
    const { area, page, change } = aBrowser();
    const [one, other] = [aTab(gateway, webStorage(area, page)), aTab(gateway, webStorage(area, page))];
    await one.start();
    await other.start();
    await one.login(credentials);
    change();
    expect(other.state.getSnapshot()).toMatchObject({ status: 'signed-in', agent: { id: 'ana' } });
    await other.logout();
    change();
    expect(one.state.getSnapshot()).toEqual({ status: 'signed-out', reason: 'signed-out' });
  });
});

/** `localStorage`, and the news of it that the other tabs get. */
function aBrowser(): { area: Parameters<typeof webStorage>[0]; page: NonNullable<Parameters<typeof webStorage>[1]>; change: () => void } {
  const values = new Map<string, string>();
  const listeners = new Set<(news: StorageNews) => void>();
  const area = {
    get length() {
      return values.size;
    },
    key: (index: number) => [...values.keys()][index] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
  const page = {
    addEventListener: (_: 'storage', listener: (news: StorageNews) => void) => void listeners.add(listener),
    removeEventListener: (_: 'storage', listener: (news: StorageNews) => void) => void listeners.delete(listener),
  };
  const change = (): void => {
    for (const listener of listeners) listener({ key: 'relevo.session', newValue: area.getItem('relevo.session'), storageArea: area });
  };
  return { area, page, change };
}
