import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { defaultSettings, type MeView, type SessionView } from '@relevo/contracts';
import { Clock } from '@relevo/platform';
import { LiveClient } from './support/live-client.js';
import { password } from './support/services.js';
import { System } from './support/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start(2, { REFRESH_GRACE_SECONDS: '300' });
});

afterAll(() => system?.stop());

type Refreshed = SessionView & { code: string };

const refresh = (refreshToken: string, replica = 0, commandId?: string) => system.rest<Refreshed>('POST', '/v1/auth/refresh', { body: { refreshToken, ...(commandId !== undefined && { commandId }) }, replica });
/** By a client that keeps an id beside each token. */
const renew = (refreshToken: string, replica = 0) => refresh(refreshToken, replica, `renew-${refreshToken.slice(-40).replaceAll('.', '-')}`);
const refused = { status: 401, json: { code: 'UNAUTHENTICATED' } };

const meStatus = async (token: string) => (await system.rest('GET', '/v1/me', { token })).status;

describe('signing in', () => {
  it('answers tokens, the agent and their workspace, which open the API', async () => {
    const ana = system.services.hire('ana', { teamIds: ['ventas'] });
    const session = await system.signIn(ana);
    expect(session).toMatchObject({ expiresIn: 900, agent: ana, workspace: { id: 'sur', name: 'Empresa sur' } });
    const { status, json, headers } = await system.rest<MeView>('GET', '/v1/me', { token: session.accessToken });
    expect(status).toBe(200);
    expect(json).toEqual({ ...ana, workspace: session.workspace, settings: defaultSettings });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('answers an unknown email and a wrong password alike', async () => {
    const { email } = system.services.hire('ana');
    const bodies = [{ email, password: 'otra' }, { email: 'nadie@example.com', password }];
    for (const body of bodies) {
      expect(await system.rest('POST', '/v1/auth/login', { body })).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
    }
  });

  it('sees an agent who is no more as nobody', async () => {
    const ana = system.services.hire('ana');
    const token = await system.tokenOf(ana);
    system.services.dismiss(ana);
    expect(await meStatus(token)).toBe(401);
  });
});

describe('refreshing', () => {
  it('gives new tokens, again and again', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    const second = await refresh(refreshToken);
    expect(second.status).toBe(200);
    expect(second.json.refreshToken).not.toBe(refreshToken);
    const third = await refresh(second.json.refreshToken);
    expect(third.status).toBe(200);
    expect(await meStatus(third.json.accessToken)).toBe(200);
  });

  it('ends the session when a token comes back after the next was used, for whoever holds the newest too, and cuts its sockets', async () => {
    const ana = system.services.hire('ana');
    const { refreshToken } = await system.signIn(ana);
    const { json: next } = await refresh(refreshToken);
    const { json: newest } = await refresh(next.refreshToken);
    const elsewhere = await system.connect(ana, { replica: 1, token: newest.accessToken });
    const ended = elsewhere.ended();
    expect(await refresh(refreshToken)).toMatchObject(refused);
    expect((await refresh(newest.refreshToken)).status).toBe(401);
    expect(await meStatus(newest.accessToken)).toBe(401);
    expect(await ended).toBe('io server disconnect');
  });

  it('ends the session when a used token comes back from whoever does not know what it was used with', async () => {
    for (const [used, again] of [[undefined, undefined], ['the-owners-id', undefined], [undefined, 'the-thiefs-id'], ['the-owners-id', 'the-thiefs-id']]) {
      const { refreshToken } = await system.signIn(system.services.hire('ana'));
      const { json: next } = await refresh(refreshToken, 0, used);
      expect(await refresh(refreshToken, 1, again)).toMatchObject(refused);
      expect((await refresh(next.refreshToken)).status).toBe(401);
      expect(await meStatus(next.accessToken)).toBe(401);
    }
  });

  it('takes the id in the header Idempotency-Key too, and refuses two that differ', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    const headers = { 'idempotency-key': 'the-owners-id' };
    expect((await system.rest('POST', '/v1/auth/refresh', { body: { refreshToken }, headers })).status).toBe(200);
    expect((await refresh(refreshToken, 0, 'the-owners-id')).status).toBe(200);
    const differing = await system.rest('POST', '/v1/auth/refresh', { body: { refreshToken, commandId: 'another-id' }, headers });
    expect(differing).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path: 'commandId' }] } });
  });

  it('answers a token again whose answer was lost, on any replica, as often as that happens', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    let token = refreshToken;
    for (let round = 0; round < 3; round++) {
      const lost = await renew(token);
      const repeated = await renew(token, 1);
      expect(repeated.status).toBe(200);
      expect(repeated.json.refreshToken).not.toBe(lost.json.refreshToken);
      expect(await meStatus(repeated.json.accessToken)).toBe(200);
      token = repeated.json.refreshToken;
    }
    expect((await renew(token)).status).toBe(200);
  });

  it.each([['answer', 'repeat'], ['repeat', 'answer']] as const)('ends the session when two go on, one with the %s and one with its %s: somebody has a copy', async (first, second) => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    const got = { answer: (await renew(refreshToken)).json, repeat: (await renew(refreshToken)).json };
    const goesOn = await renew(got[first].refreshToken);
    expect(goesOn.status).toBe(200);
    expect(await renew(got[second].refreshToken)).toMatchObject(refused);
    expect((await refresh(goesOn.json.refreshToken)).status).toBe(401);
  });

  it('ends the session when a token comes back later than an answer is waited for', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    const { json: next } = await renew(refreshToken);
    const passed = 301_000;
    for (const gateway of system.gateways) {
      const clock = gateway.get(Clock);
      const now = clock.now.bind(clock);
      jest.spyOn(clock, 'now').mockImplementation(() => new Date(now().getTime() + passed));
    }
    try {
      expect(await renew(refreshToken)).toMatchObject(refused);
      expect((await refresh(next.refreshToken)).status).toBe(401);
    } finally {
      jest.restoreAllMocks();
    }
  });

  it('lets many who race with one token, over two replicas, go on; of what they got one is used', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    const race = (token: (racer: number) => string) => Promise.all(Array.from({ length: 10 }, (_, racer) => renew(token(racer), racer % 2)));
    const answers = await race(() => refreshToken);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ json }) => json.refreshToken)).size).toBe(10);
    const used = await race((racer) => answers[racer]!.json.refreshToken);
    expect(used.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { json } of used) expect((await refresh(json.refreshToken ?? refreshToken)).status).toBe(401);
  });

  it('answers a token at most 20 times: nobody needs more', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    for (let answer = 1; answer <= 20; answer++) expect((await renew(refreshToken)).status).toBe(200);
    expect(await renew(refreshToken)).toMatchObject(refused);
  });

  it('ends the session of a token that was used just now, when it is signed out with', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    const { json: next } = await refresh(refreshToken);
    expect(await system.rest('POST', '/v1/auth/logout', { body: { refreshToken } })).toMatchObject(refused);
    expect((await refresh(next.refreshToken)).status).toBe(401);
  });

  it.each(['x', 'a.b', 'a.b.c', '.', ' '])('refuses %j, which is no token', async (refreshToken) => {
    expect(await refresh(refreshToken)).toMatchObject(refused);
  });

  it('keeps no token that could be used, only its hash', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    const [sessionId, secret] = refreshToken.split('.');
    const stored = await sessionsCollection().findOne({ _id: sessionId as never });
    expect(stored).not.toBeNull();
    expect(JSON.stringify(stored)).not.toContain(secret);
  });
});

describe('signing out', () => {
  it('ends the session of the access token, on every replica, with its sockets', async () => {
    const ana = system.services.hire('ana');
    const { accessToken, refreshToken } = await system.signIn(ana);
    const ended = (await system.connect(ana, { replica: 1, token: accessToken })).ended();
    expect(await system.rest('POST', '/v1/auth/logout', { token: accessToken })).toMatchObject({ status: 204, json: undefined });
    expect(await meStatus(accessToken)).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect(await ended).toBe('io server disconnect');
    expect((await LiveClient.refusal(system.urls[1]!, { token: accessToken })).data?.code).toBe('UNAUTHENTICATED');
  });

  it('takes a refresh token instead, and leaves other sessions of the agent alone', async () => {
    const ana = system.services.hire('ana');
    const [one, other] = [await system.signIn(ana), await system.signIn(ana)];
    expect((await system.rest('POST', '/v1/auth/logout', { body: { refreshToken: one.refreshToken } })).status).toBe(204);
    expect(await meStatus(one.accessToken)).toBe(401);
    expect(await meStatus(other.accessToken)).toBe(200);
  });

  it('is refused to nobody in particular', async () => {
    expect((await system.rest('POST', '/v1/auth/logout')).status).toBe(401);
  });
});

/** The gateway's own collection, as its database holds it. */
function sessionsCollection() {
  const connection = system.gateways[0]!.get<Connection>(getConnectionToken());
  return connection.collection('sessions');
}
