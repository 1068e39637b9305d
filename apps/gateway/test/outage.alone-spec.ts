import { getModelToken } from '@nestjs/mongoose';
import type { AgentView } from '@relevo/contracts';
import { MessageBus } from '@relevo/messaging';
import type { Model } from 'mongoose';
import { AccessTokens } from '../src/auth/access-tokens.js';
import { SessionRecord } from '../src/auth/session.schema.js';
import { Cable } from './support/cable.js';
import { eventually } from './support/eventually.js';
import { Events } from './support/events.js';
import { LiveClient } from './support/live-client.js';
import { password } from './support/services.js';
import { System } from './support/system.js';

let system: System;
let nats: Cable;
let database: Cable;
let boss: AgentView;

beforeAll(async () => {
  system = await System.start(1, async (stack) => {
    [nats, database] = await Promise.all([Cable.to(stack.nats.urlFor('gateway')), Cable.to(stack.database.url)]);
    // Else the driver learns the database's own address, and goes there.
    const direct = new URL(database.url);
    direct.search = '?directConnection=true';
    return { NATS_URL: nats.url, MONGO_URL: direct.toString(), OUTAGE_MS: '1500' };
  });
  boss = system.services.hire('boss', { role: 'supervisor' });
});

afterAll(async () => {
  await system?.stop();
  nats?.close();
  database?.close();
});

/** Whether the gateway knows that NATS is there, or is not: the fact that the tests below wait for. */
async function natsIs(connected: boolean): Promise<void> {
  const bus = system.gateways[0]!.get(MessageBus);
  while (bus.isConnected !== connected) await new Promise((resolve) => setImmediate(resolve));
}

describe('without NATS', () => {
  it('requests are UNAVAILABLE at once, sockets stay, and no event is lost over it', async () => {
    const token = await system.tokenOf(boss);
    const client = await system.connect(boss, { token });
    const events = new Events(system.services);
    const missed: string[] = [];
    nats.pull();
    await natsIs(false);
    for (let count = 0; count < 20; count++) missed.push((await events.entry(null, { teamId: null, assigneeId: null })).conversationId);

    expect(await system.rest('GET', '/v1/tags', { token })).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    expect(await client.ask('conversation.list', {})).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE' } });
    expect(await system.rest('GET', '/readyz')).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE', details: { nats: 'not connected' } } });
    expect((await LiveClient.refusal(system.url, { token: await fresh() })).data?.code).toBe('UNAVAILABLE');

    nats.plug();
    await natsIs(true);
    for (const conversationId of missed) await client.hear('timeline.entry', { conversationId });
    expect(client.heard.map(({ name }) => name)).toEqual(['ready', ...missed.map(() => 'timeline.entry')]);
    expect((await system.rest('GET', '/v1/tags', { token })).status).toBe(200);
  });

  it('a session that ends meanwhile is found out afterwards, and its socket cut, although it asks nothing', async () => {
    const client = await system.connect(boss, { token: (await system.signIn(boss)).accessToken });
    const ended = client.ended();
    nats.pull();
    await natsIs(false);
    // As another replica would: nobody here hears of it.
    await system.gateways[0]!.get<Model<SessionRecord>>(getModelToken(SessionRecord.name)).updateMany({}, { revokedAt: new Date() });
    nats.plug();
    expect(await ended).toBe('io server disconnect');
  });

  /** A token of an agent of whom nothing is remembered. */
  function fresh(): Promise<string> {
    return system.gateways[0]!.get(AccessTokens).sign({ agentId: 'x', workspaceId: 'sur', sessionId: 'x' });
  }
});

describe('without the database', () => {
  it('nobody is let in or taken for somebody else: UNAVAILABLE', async () => {
    // Nothing is pulled now; what was before is found again.
    const { accessToken, refreshToken } = await eventually(() => system.signIn(boss));
    database.pull();
    const body = { email: boss.email, password };
    expect(await system.rest('POST', '/v1/auth/login', { body })).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    expect(await system.rest('POST', '/v1/auth/refresh', { body: { refreshToken } })).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    expect(await system.rest('GET', '/v1/me', { token: accessToken })).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    database.plug();
    expect((await system.rest('POST', '/v1/auth/refresh', { body: { refreshToken } })).status).toBe(200);
  });
});

describe('without a service', () => {
  it('what it would answer is UNAVAILABLE at once', async () => {
    const token = await eventually(() => system.tokenOf(boss));
    expect((await system.rest('GET', '/v1/tags', { token })).status).toBe(200);
    await system.services.stop();
    expect(await system.rest('GET', '/v1/tags', { token })).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    const body = { email: boss.email, password };
    expect(await system.rest('POST', '/v1/auth/login', { body })).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
  });
});
