import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { eventually, seedWorkspace, startTestSystem, type TestSystem } from '@relevo/testing';
import { overHttp, type Outcome } from './support/answer.js';
import { Caller, handshake, type Session, signIn } from './support/access/caller.js';
import { claimsOf, forgeries, secret, tokenOf } from './support/access/tokens.js';

let system: TestSystem;
let credentials: { email: string; password: string };
let session: Session;

const url = (): string => system.gatewayUrl();
const me = (token: string, path = '/v1/me'): Promise<Outcome> => overHttp(url(), { method: 'GET', path, token });

beforeAll(async () => {
  system = await startTestSystem({ serviceEnv: { gateway: { JWT_SECRET: secret } } });
  ({ ana: credentials } = (await seedWorkspace(system, { agents: { ana: { role: 'admin' } } })).agents);
  session = await signIn(url(), credentials);
});

afterAll(() => system?.stop());

it('a token made by hand with the right key is as good as the gateway’s: what is refused below is refused for what is wrong with it', async () => {
  const token = tokenOf(claimsOf(session.accessToken));
  expect(await me(token)).toMatchObject({ code: 'ok' });
  expect(await handshake(url(), { token })).toBe('ready');
});

it.each(Object.keys(forgeries('a.e30.c')))('%s: refused over REST, at the handshake and for a renewal', async (name) => {
  const token = forgeries(session.accessToken)[name]!;
  for (const path of ['/v1/me', '/v1/conversations', '/v1/conversations/x']) expect(await me(token, path)).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  expect(await handshake(url(), { token })).toBe('UNAUTHENTICATED');
  const caller = new Caller(url(), session.accessToken);
  await caller.connect();
  expect((await caller.emit('auth.refresh', { token })).code).toBe(token === '' ? 'VALIDATION_FAILED' : 'UNAUTHENTICATED');
  caller.close();
});

describe('a token in a URL', () => {
  it.each(['token', 'access_token', 'accessToken', 'authorization', 'auth', 'jwt'])('?%s= is not looked at', async (parameter) => {
    const query = new URLSearchParams({ [parameter]: session.accessToken }).toString();
    expect(await overHttp(url(), { method: 'GET', path: `/v1/me?${query}` })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await handshake(url(), {}, { query: { [parameter]: session.accessToken } })).toBe('UNAUTHENTICATED');
  });

  it('nor are cookies and other schemes', async () => {
    const token = session.accessToken;
    const elsewhere: Record<string, string>[] = [{ cookie: `token=${token}` }, { authorization: token }, { authorization: `Basic ${token}` }, { 'x-access-token': token }];
    for (const headers of elsewhere) {
      expect(await overHttp(url(), { method: 'GET', path: '/v1/me', headers })).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(await handshake(url(), {}, { extraHeaders: { authorization: `Bearer ${session.accessToken}`, cookie: `token=${session.accessToken}` } })).toBe('UNAUTHENTICATED');
  });
});

it.each(['https://evil.example.com', 'null', 'http://localhost:1', ''])('a page of origin %j gets no socket, with a good token too', async (origin) => {
  expect(await handshake(url(), { token: session.accessToken }, { extraHeaders: { origin } })).not.toBe('ready');
  expect(await handshake(url(), { token: session.accessToken }, { extraHeaders: { origin: url() } })).toBe('ready');
});

it('a session that ends takes its tokens and its sockets along, and nobody else’s', async () => {
  const [ending, other] = await Promise.all([signIn(url(), credentials), signIn(url(), credentials)]);
  const callers = [new Caller(url(), ending.accessToken), new Caller(url(), other.accessToken)] as const;
  await Promise.all(callers.map((caller) => caller.connect()));
  const out = await overHttp(url(), { method: 'POST', path: '/v1/auth/logout', body: JSON.stringify({ refreshToken: ending.refreshToken }) });
  expect(out).toMatchObject({ status: 204 });
  expect(await me(ending.accessToken)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await handshake(url(), { token: ending.accessToken })).toBe('UNAUTHENTICATED');
  expect(await overHttp(url(), { method: 'POST', path: '/v1/auth/refresh', body: JSON.stringify({ refreshToken: ending.refreshToken }) })).toMatchObject({ code: 'UNAUTHENTICATED' });
  await eventually(() => expect(callers[0].connected).toBe(false));
  expect(await callers[1].emit('conversation.list', {})).toMatchObject({ code: 'ok' });
  callers[1].close();
});

it.each([
  ['none', {}],
  ['that of a developer’s machine', { JWT_SECRET: 'relevo-development-only-secret-of-no-value' }],
  ['a short one', { JWT_SECRET: 'short' }],
  ['an empty one', { JWT_SECRET: '' }],
])('in production a gateway with %s for a secret does not start, and says why', async (_, env) => {
  const main = resolve(process.cwd(), 'apps/gateway/dist/main.js');
  const { NATS_URL, MONGO_URL } = { NATS_URL: system.stack.nats.url, MONGO_URL: system.stack.database.url };
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: '0', NATS_URL, MONGO_URL, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(said).toMatch(/^gateway cannot start: .*JWT_SECRET/m);
  expect(said).not.toContain('of-no-value');
});
