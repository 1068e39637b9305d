import { connect, type NatsConnection } from '@nats-io/transport-node';
import { AppError, startTyping, tellVisitorTyping, typingSubject } from '@relevo/contracts';
import { connectionOptions } from '@relevo/messaging';
import type { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';
import { Visitors } from './support/visitors.js';
import { WidgetWire } from './support/widget-wire.js';

let system: System;
let visitors: Visitors;
let nats: NatsConnection;
let wire: WidgetWire;

beforeAll(async () => {
  system = await System.start(2, async (stack) => {
    wire = await WidgetWire.to(stack);
    return { WIDGET_NATS_URL: wire.cable.url };
  });
  visitors = new Visitors(system);
  nats = await connect(connectionOptions('test', { NATS_URL: system.stack.nats.url, OUTAGE_MS: 15_000 }));
});

afterAll(async () => {
  visitors?.close();
  await nats?.close();
  await system?.stop();
  wire?.cable.close();
});

describe('who writes', () => {
  const tell = (visibility: 'internal' | 'public', notice: object): void => nats.publish(typingSubject(visibility, 'sur'), JSON.stringify({ workspaceId: 'sur', conversationId: 'c1', stopped: false, ...notice }));
  const typingOf = ({ heard }: LiveClient) => heard.filter(({ name }) => name === 'typing').map(({ payload }) => payload);

  it('is asked of its owner once in a while, however often a visitor says it', async () => {
    const client = await visitors.connect({ userId: '9', userHash: 'proof of 9' });
    for (const answer of await Promise.all(Array.from({ length: 5 }, () => client.ask('typing')))) expect(answer).toMatchObject({ ok: true });
    expect(await client.ask('typing', { conversationId: 'c1' })).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED' } });
    const asked = system.services.received.filter(({ subject, request }) => subject === tellVisitorTyping.subject && (request as { externalId: string }).externalId === 'user:9');
    expect(asked).toMatchObject([{ request: { channelId: 'web', externalId: 'user:9' }, caller: { actor: { kind: 'channel', workspaceId: 'sur', id: 'web' } } }]);
  });

  it('is told to the visitor’s sockets alone, with no more than a name', async () => {
    const [client, other] = [await visitors.connect(), await visitors.connect()];
    const actor = { kind: 'agent', id: 'secreto', name: 'Ana' };
    const [mine, theirs] = [await visitors.externalIdOf(client), await visitors.externalIdOf(other)];
    tell('public', { channelId: 'web', externalId: mine, actor, audience: { teamId: 'secreto' } });
    tell('public', { channelId: 'web', externalId: mine, actor, stopped: true });
    tell('public', { channelId: 'otra', externalId: theirs, actor });
    tell('public', { channelId: 'web', externalId: theirs, actor, conversationId: 'c2' });
    // In one order: who has heard the last has heard the others, or never will.
    await other.hear('typing', { conversationId: 'c2' });
    await client.hear('typing', { stopped: true });
    const shown = { conversationId: 'c1', actor: { kind: 'agent', name: 'Ana' } };
    expect(typingOf(client)).toEqual([shown, { ...shown, stopped: true }]);
    expect(typingOf(other)).toEqual([{ ...shown, conversationId: 'c2' }]);
  });

  it('is told to the agents who may see the conversation, but not to the one who writes', async () => {
    const staff = { boss: { role: 'supervisor' as const }, ventas: { teamIds: ['ventas'] }, soporte: { teamIds: ['soporte'] } };
    const clients = new Map<string, LiveClient>();
    const ids = new Map<string, string>();
    for (const [name, more] of Object.entries(staff)) {
      const agent = system.services.hire(name, more);
      ids.set(name, agent.id);
      clients.set(name, await system.connect(agent, { replica: clients.size % 2 }));
    }
    const ofVentas = { audience: { teamId: 'ventas', assigneeId: null } };
    tell('internal', { ...ofVentas, actor: { kind: 'customer', id: 'lucia', name: 'Lucía' } });
    tell('internal', { ...ofVentas, conversationId: 'c2', actor: { kind: 'agent', id: ids.get('ventas'), name: 'ventas' } });
    tell('internal', { audience: { teamId: 'otro', assigneeId: ids.get('soporte') }, conversationId: 'c3', actor: { kind: 'agent', id: ids.get('boss'), name: 'boss' } });
    tell('internal', { audience: { teamId: 'soporte', assigneeId: null }, conversationId: 'c4', actor: { kind: 'customer', id: 'lucia', name: 'Lucía' } });
    await clients.get('soporte')!.hear('typing', { conversationId: 'c4' });
    await clients.get('boss')!.hear('typing', { conversationId: 'c4' });
    tell('internal', { audience: { teamId: null, assigneeId: null }, conversationId: 'c5', actor: { kind: 'customer', id: 'lucia', name: 'Lucía' } });
    await Promise.all([...clients.values()].map((client) => client.hear('typing', { conversationId: 'c5' })));
    const heard = Object.fromEntries([...clients].map(([name, client]) => [name, typingOf(client).map(({ conversationId }) => conversationId)]));
    expect(heard).toEqual({ boss: ['c1', 'c2', 'c4', 'c5'], ventas: ['c1', 'c5'], soporte: ['c3', 'c4', 'c5'] });
    expect(typingOf(clients.get('ventas')!)[0]).toEqual({ conversationId: 'c1', actor: { kind: 'customer', id: 'lucia', name: 'Lucía' } });
  });

  it('is asked of its owner once in a while by agents, and refused each time', async () => {
    const client = await system.connect(system.services.hire('ana'));
    const asked = () => system.services.received.filter(({ subject }) => subject === startTyping.subject).length;
    const before = asked();
    for (const answer of await Promise.all(Array.from({ length: 3 }, () => client.ask('typing.start', { conversationId: 'c7' })))) expect(answer).toMatchObject({ ok: true });
    expect(asked()).toBe(before + 1);
    system.services.answer(startTyping, () => Promise.reject(new AppError('NOT_FOUND', 'No such conversation.')));
    for (let time = 0; time < 3; time++) expect(await client.ask('typing.start', { conversationId: 'c8' })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(asked()).toBe(before + 4);
  });
});

it('all of it, over the widget’s connection, asked for nothing but what is public', () => {
  wire.expectPublicOnly(tellVisitorTyping.subject, typingSubject('public'));
});
