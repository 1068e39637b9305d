import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { defaultSettings, type MeView, type SessionView } from '@relevo/contracts';
import { LiveClient } from './support/live-client.js';
import { password } from './support/services.js';
import { System } from './support/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start(2);
}, 120_000);

afterAll(() => system?.stop());

const refresh = (refreshToken: string) => system.rest<SessionView & { code: string }>('POST', '/v1/auth/refresh', { body: { refreshToken } });
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

  it('ends the session when a used token comes back, for whoever holds the new one too, and cuts its sockets', async () => {
    const ana = system.services.hire('ana');
    const { refreshToken } = await system.signIn(ana);
    const { json: renewed } = await refresh(refreshToken);
    const elsewhere = await system.connect(ana, { replica: 1, token: renewed.accessToken });
    const ended = elsewhere.ended();
    expect(await refresh(refreshToken)).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
    expect((await refresh(renewed.refreshToken)).status).toBe(401);
    expect(await meStatus(renewed.accessToken)).toBe(401);
    expect(await ended).toBe('io server disconnect');
  });

  it('gives one of many who race with one token the next', async () => {
    const { refreshToken } = await system.signIn(system.services.hire('ana'));
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, ...Array.from({ length: 9 }, () => 401)]);
  });

  it.each(['x', 'a.b', 'a.b.c', '.', ' '])('refuses %j, which is no token', async (refreshToken) => {
    expect(await refresh(refreshToken)).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
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
