import { getConnectionToken } from '@nestjs/mongoose';
import { type OwnSession, type OwnSessionList, resetPassword, type SessionView } from '@relevo/contracts';
import type { Connection } from 'mongoose';
import { Revocations } from '../src/auth/revocations.js';
import { eventually } from './support/eventually.js';
import { LiveClient } from './support/live-client.js';
import { password } from './support/services.js';
import { System } from './support/system.js';

let system: System;

beforeAll(async () => {
  system = await System.start(2);
});

afterAll(() => system?.stop());

const meStatus = async (token: string, replica = 0) => (await fetch(`${system.urls[replica]}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
const refreshStatus = async (refreshToken: string) => (await system.rest('POST', '/v1/auth/refresh', { body: { refreshToken } })).status;
const listed = async (token: string): Promise<OwnSession[]> => (await system.rest<OwnSessionList>('GET', '/v1/auth/sessions', { token })).json.items;
const change = (token: string, currentPassword: string, newPassword: string) => system.rest('POST', '/v1/auth/password', { token, body: { currentPassword, newPassword } });
const loginStatus = async (email: string, given: string) => (await system.rest('POST', '/v1/auth/login', { body: { email, password: given } })).status;

describe('an agent’s own sessions', () => {
  it('are listed with what they were begun with, newest first, and no one else’s among them', async () => {
    const ana = system.services.hire('ana');
    await system.signIn(system.services.hire('beto'));
    const first = await system.signIn(ana);
    const { json: second } = await system.rest<SessionView>('POST', '/v1/auth/login', { body: { email: ana.email, password }, headers: { 'user-agent': `Firefox ${'x'.repeat(300)}` } });
    const items = await listed(second.accessToken);
    expect(items).toMatchObject([
      { current: true, address: '127.0.0.1', userAgent: `Firefox ${'x'.repeat(248)}` },
      { current: false, address: '127.0.0.1' },
    ]);
    for (const { createdAt, refreshedAt, expiresAt } of items) {
      expect(Date.parse(createdAt)).toBeLessThanOrEqual(Date.parse(refreshedAt));
      expect(Date.parse(refreshedAt)).toBeLessThan(Date.parse(expiresAt));
    }
    const page = await system.rest<OwnSessionList>('GET', '/v1/auth/sessions?limit=1', { token: first.accessToken });
    expect(page.json.nextCursor).toBe(items[0]!.id);
    expect((await system.rest('GET', '/v1/auth/sessions?surprise=1', { token: first.accessToken })).status).toBe(400);
  });

  it('are shown under ids that open nothing', async () => {
    const { accessToken, refreshToken } = await system.signIn(system.services.hire('ana'));
    const [{ id } = { id: '' }] = await listed(accessToken);
    const claims = Buffer.from(accessToken.split('.')[1]!, 'base64url').toString();
    expect(`${refreshToken} ${claims}`).not.toContain(id);
    const [sessionId, secret] = refreshToken.split('.');
    for (const forged of [id, `${id}.${secret}`, `${id}.${sessionId}`]) expect(await refreshStatus(forged)).toBe(401);
    expect(await meStatus(id)).toBe(401);
    expect(await refreshStatus(refreshToken)).toBe(200);
  });

  it('are ended one by one, sockets included, on every replica; others’ are not found', async () => {
    const [ana, beto] = [system.services.hire('ana'), system.services.hire('beto')];
    const [here, there] = [await system.signIn(ana), await system.signIn(ana)];
    const ended = (await system.connect(ana, { replica: 1, token: there.accessToken })).ended();
    const other = (await listed(here.accessToken)).find(({ current }) => !current)!;
    expect((await system.rest('DELETE', `/v1/auth/sessions/${other.id}`, { token: await system.tokenOf(beto) })).status).toBe(404);
    expect(await meStatus(there.accessToken)).toBe(200);
    expect(await system.rest('DELETE', `/v1/auth/sessions/${other.id}`, { token: here.accessToken })).toMatchObject({ status: 204, json: undefined });
    expect(await ended).toBe('io server disconnect');
    await eventually(async () => expect(await meStatus(there.accessToken, 1)).toBe(401));
    expect(await refreshStatus(there.refreshToken)).toBe(401);
    expect((await listed(here.accessToken)).map(({ current }) => current)).toEqual([true]);
    expect((await system.rest('DELETE', `/v1/auth/sessions/${other.id}`, { token: here.accessToken })).status).toBe(404);
  });
});

describe('a session that ended', () => {
  it('is cut where nobody was told, even if it only listens', async () => {
    const ana = system.services.hire('ana');
    const { accessToken, refreshToken } = await system.signIn(ana);
    const listening = await Promise.all([0, 1].map((replica) => system.connect(ana, { replica, token: accessToken })));
    const ended = Promise.all(listening.map((client) => client.ended()));
    // The message that is lost.
    for (const gateway of system.gateways) jest.spyOn(gateway.get(Revocations), 'announce').mockImplementation(() => undefined);
    try {
      expect((await system.rest('POST', '/v1/auth/logout', { body: { refreshToken } })).status).toBe(204);
      expect(await ended).toEqual(Array(2).fill('io server disconnect'));
    } finally {
      jest.restoreAllMocks();
    }
  });
});

describe('changing one’s password', () => {
  it('ends every other session, with its sockets, and leaves this one alone', async () => {
    const ana = system.services.hire('ana');
    const [here, there] = [await system.signIn(ana), await system.signIn(ana)];
    const [kept, cut] = [await system.connect(ana, { replica: 1, token: here.accessToken }), await system.connect(ana, { replica: 1, token: there.accessToken })];
    const ended = cut.ended();
    expect(await change(here.accessToken, password, 'otra clave larga')).toMatchObject({ status: 204, json: undefined });
    expect(await ended).toBe('io server disconnect');
    await eventually(async () => expect(await meStatus(there.accessToken, 1)).toBe(401));
    expect(await refreshStatus(there.refreshToken)).toBe(401);
    for (const replica of [0, 1]) expect(await meStatus(here.accessToken, replica)).toBe(200);
    // News of the agent makes every replica look again.
    await system.services.change(ana, { capacity: 9 });
    await kept.hear('agent.updated');
    expect(await meStatus(here.accessToken, 1)).toBe(200);
    expect(kept.socket.connected).toBe(true);
    expect(await refreshStatus(here.refreshToken)).toBe(200);
    expect([await loginStatus(ana.email, password), await loginStatus(ana.email, 'otra clave larga')]).toEqual([401, 200]);
  });

  it('is refused, and changes nothing, with a wrong current password or a bad new one', async () => {
    const ana = system.services.hire('ana');
    const [here, there] = [await system.signIn(ana), await system.signIn(ana)];
    expect(await change(here.accessToken, 'no es esta', 'otra clave larga')).toMatchObject({ status: 400, json: { code: 'VALIDATION_FAILED', errors: [{ path: 'currentPassword' }] } });
    expect(await change(here.accessToken, password, 'corta')).toMatchObject({ status: 400, json: { errors: [{ path: 'newPassword' }] } });
    for (const { accessToken } of [here, there]) expect(await meStatus(accessToken)).toBe(200);
    expect(await loginStatus(ana.email, password)).toBe(200);
    const sessions = system.gateways[0]!.get<Connection>(getConnectionToken()).collection<{ _id: string; credentialIds: string[] }>('sessions');
    expect((await sessions.findOne({ _id: here.refreshToken.split('.')[0]! }))?.credentialIds).toEqual(['first']);
  });

  it('ends sessions though the gateway died before it could: what they rest on has changed', async () => {
    const ana = system.services.hire('ana');
    const { accessToken, refreshToken } = await system.signIn(ana);
    const listening = await system.connect(ana, { replica: 1, token: accessToken });
    const ended = listening.ended();
    // All that routing does, and nothing of what the gateway does.
    system.services.passwordInSilence(ana, 'second');
    expect(await refreshStatus(refreshToken)).toBe(401);
    await eventually(async () => expect(await meStatus(accessToken, 1)).toBe(401));
    expect((await LiveClient.refusal(system.urls[1]!, { token: accessToken })).data?.code).toBe('UNAUTHENTICATED');
    await system.services.change(ana, {});
    expect(await ended).toBe('io server disconnect');
    expect(await listed(await system.tokenOf(ana))).toHaveLength(1);
  });
});

it('an admin’s reset goes to routing like any command', async () => {
  const boss = system.services.hire('boss', { role: 'admin' });
  const { status } = await system.rest('PUT', '/v1/agents/a1/password', { token: await system.tokenOf(boss), body: { newPassword: 'otra clave larga' } });
  expect(status).toBe(200);
  expect(system.services.received.at(-1)).toMatchObject({ subject: resetPassword.subject, request: { agentId: 'a1', newPassword: 'otra clave larga' } });
});
