import type { AgentView } from '@relevo/contracts';
import { Clock } from '@relevo/platform';
import { password } from './support/services.js';
import { type Answer, System } from './support/system.js';

/** The limit is the default one. Any address but this machine's own may be claimed, as behind a proxy. */
let system: System;
/** What the clocks of all replicas are ahead of the database's. */
let aheadMs = 0;

beforeAll(async () => {
  system = await System.start(2, { TRUSTED_PROXIES: '127.0.0.1' });
  for (const clock of system.gateways.map((gateway) => gateway.get(Clock))) {
    const now = clock.now.bind(clock);
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(now().getTime() + aheadMs));
  }
});

afterAll(() => system?.stop());

const minuteMs = 60_000;

interface Try {
  readonly replica?: number;
  readonly address?: string;
  readonly email?: string;
}

const login = ({ email }: AgentView, given: string, { replica = 0, address = '203.0.113.1', ...more }: Try = {}): Promise<Answer> =>
  system.rest('POST', '/v1/auth/login', { body: { email: more.email ?? email, password: given }, headers: { 'x-forwarded-for': address }, replica });

const codes = (answers: readonly Answer[]): string[] => answers.map(({ status, json }) => (status === 200 ? 'ok' : String(json.code))).sort();
const race = (agent: AgentView, count: number, given: (index: number) => string, more: Try = {}): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => login(agent, given(index), { replica: index % 2, ...more })));

it('of 30 wrong logins at once over two replicas, 10 are judged, and 20 told when to come back', async () => {
  const ana = system.services.hire('ana');
  const answers = await race(ana, 30, () => 'no es esta');
  expect(codes(answers)).toEqual([...Array<string>(20).fill('RATE_LIMITED'), ...Array<string>(10).fill('UNAUTHENTICATED')]);
  for (const { status, headers, json } of answers.filter(({ json }) => json.code === 'RATE_LIMITED')) {
    const { retryAfterMs } = json.details as { retryAfterMs: number };
    expect(status).toBe(429);
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(minuteMs);
    expect(headers.get('retry-after')).toBe(String(Math.ceil(retryAfterMs / 1000)));
  }
});

it('the right password is refused too while it lasts, in any spelling of the email, and from no other address', async () => {
  const ana = system.services.hire('ana');
  await race(ana, 10, () => 'no es esta', { address: '203.0.113.1' });
  expect((await login(ana, password)).json).toMatchObject({ code: 'RATE_LIMITED' });
  expect((await login(ana, password, { email: ana.email.toUpperCase(), replica: 1 })).json).toMatchObject({ code: 'RATE_LIMITED' });
  expect((await login(ana, password, { address: '203.0.113.2' })).status).toBe(200);
  expect((await login(system.services.hire('beto'), password)).status).toBe(200);
  aheadMs += minuteMs;
  expect((await login(ana, password, { replica: 1 })).status).toBe(200);
});

it('is a window that slides: what is a minute old makes room, and no more than that', async () => {
  const ana = system.services.hire('ana');
  await race(ana, 6, () => 'no es esta');
  aheadMs += minuteMs / 2;
  await race(ana, 4, () => 'no es esta');
  aheadMs += minuteMs / 2;
  const answers = await race(ana, 10, () => 'no es esta');
  expect(codes(answers)).toEqual([...Array<string>(4).fill('RATE_LIMITED'), ...Array<string>(6).fill('UNAUTHENTICATED')]);
});

it('many right logins at once are all let in', async () => {
  const ana = system.services.hire('ana');
  expect(codes(await race(ana, 40, () => password))).toEqual(Array<string>(40).fill('ok'));
});

it('a success forgets the failures before it', async () => {
  const ana = system.services.hire('ana');
  for (let round = 0; round < 3; round++) {
    expect(codes(await race(ana, 9, () => 'no es esta'))).toEqual(Array<string>(9).fill('UNAUTHENTICATED'));
    expect((await login(ana, password, { replica: 1 })).status).toBe(200);
  }
});

it('the addresses of one IPv6 line are one', async () => {
  const ana = system.services.hire('ana');
  await Promise.all(Array.from({ length: 10 }, (_, index) => login(ana, 'no es esta', { address: `2001:db8::${index}` })));
  expect((await login(ana, password, { address: '2001:db8::ffff' })).json).toMatchObject({ code: 'RATE_LIMITED' });
});

it('a wrong current password counts as a failed login, and is refused like one', async () => {
  const ana = system.services.hire('ana');
  const { json } = await login(ana, password);
  const change = (currentPassword: string, replica: number): Promise<Answer> =>
    system.rest('POST', '/v1/auth/password', {
      token: String(json.accessToken), body: { currentPassword, newPassword: 'otra clave larga' }, headers: { 'x-forwarded-for': '203.0.113.1' }, replica,
    });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => change('no es esta', index % 2)));
  expect(codes(answers)).toEqual([...Array<string>(10).fill('RATE_LIMITED'), ...Array<string>(10).fill('VALIDATION_FAILED')]);
  expect((await change(password, 0)).json).toMatchObject({ code: 'RATE_LIMITED' });
  expect((await login(ana, password)).json).toMatchObject({ code: 'RATE_LIMITED' });
  aheadMs += minuteMs;
  expect((await login(ana, password, { replica: 1 })).status).toBe(200);
});

it('what was not judged is not counted', async () => {
  const ana = system.services.hire('ana');
  const bad = await Promise.all(Array.from({ length: 15 }, () => system.rest('POST', '/v1/auth/login', { body: { email: ana.email } })));
  expect(codes(bad)).toEqual(Array<string>(15).fill('VALIDATION_FAILED'));
  expect((await login(ana, password)).status).toBe(200);
});

it.each(['login', 'refresh', 'logout'])('/v1/auth/%s takes no body over 16 kB', async (path) => {
  const answer = await system.rest('POST', `/v1/auth/${path}`, { body: { email: 'x'.repeat(16_384), password } });
  expect(answer).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
  expect((await system.rest('POST', `/v1/auth/${path}`, { body: { email: 'x'.repeat(16_000) } })).status).toBe(400);
});
