import type { SessionView } from '@relevo/contracts';
import { eventually } from './support/eventually.js';
import { LiveClient } from './support/live-client.js';
import { password } from './support/services.js';
import { System } from './support/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start(2);
});

afterAll(() => system?.stop());

const statusOf = async (method: string, path: string, asking: Parameters<System['rest']>[2]): Promise<number> => (await system.rest(method, path, asking)).status;

describe('an agent who is deactivated', () => {
  it('loses every socket of every replica, every token and every way in; and nobody else does', async () => {
    const [ana, beto] = [system.services.hire('ana'), system.services.hire('beto')];
    const { accessToken, refreshToken } = await system.signIn(ana);
    const listening = await Promise.all([0, 1, 0].map((replica) => system.connect(ana, { replica, token: accessToken })));
    const other = await system.connect(beto, { replica: 1 });
    const ended = Promise.all(listening.map((client) => client.ended()));
    await system.services.change(ana, { active: false });
    expect(await ended).toEqual(Array(3).fill('io server disconnect'));
    expect(await statusOf('GET', '/v1/me', { token: accessToken })).toBe(401);
    expect(await statusOf('POST', '/v1/auth/refresh', { body: { refreshToken } })).toBe(401);
    expect(await statusOf('POST', '/v1/auth/login', { body: { email: ana.email, password } })).toBe(401);
    for (const url of system.urls) expect((await LiveClient.refusal(url, { token: accessToken })).data?.code).toBe('UNAUTHENTICATED');
    expect(await other.hear('agent.updated', {})).toMatchObject({ agent: { id: ana.id, active: false, status: 'online', activeCount: 0 } });
    expect(other.socket.connected).toBe(true);
  });

  it('is refused within 5 s even if nobody heard of it, and may sign in when active again', async () => {
    const ana = system.services.hire('ana');
    const token = await system.tokenOf(ana);
    expect(await statusOf('GET', '/v1/conversations', { token })).toBe(200);
    system.services.changeInSilence(ana, { active: false });
    expect((await LiveClient.refusal(system.urls[1]!, { token })).data?.code).toBe('UNAUTHENTICATED');
    const silentSince = performance.now();
    let lastAccepted = silentSince;
    await eventually(async () => {
      const asked = performance.now();
      const status = await statusOf('GET', '/v1/conversations', { token });
      if (status === 200) lastAccepted = asked;
      expect(status).toBe(401);
    });
    // By when they were asked: an answer may be late for other reasons.
    expect(lastAccepted - silentSince).toBeLessThan(5_000);
    system.services.changeInSilence(ana, { active: true });
    const { status, json } = await system.rest<SessionView>('POST', '/v1/auth/login', { body: { email: ana.email, password } });
    expect({ status, active: json.agent.active }).toEqual({ status: 200, active: true });
  });
});
