import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { eventSubject, getActiveConversation, getPublicHistory, openVisit, publicConversationEvents, receiveVisitorMessage } from '@relevo/contracts';
import { connectionOptions } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { Drain } from '../src/socket/drain.js';
import { Events } from './support/events.js';
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

const tokenOf = async (client: LiveClient): Promise<string> => String((await client.hear('ready')).visitorToken);
const entriesOf = ({ heard }: LiveClient, conversationId: string) =>
  heard.filter(({ name, payload }) => name === 'entry' && payload.conversationId === conversationId).map(({ payload }) => payload.seq);

describe('what a visitor asks', () => {
  const entry = { conversationId: 'c1', seq: 2, type: 'message', visibility: 'public', at: '2026-03-01T10:00:00.000Z', actor: { kind: 'customer', name: '' }, data: { text: 'hola', attachments: [] } };

  it('goes to its owner in the channel’s name, about nobody else', async () => {
    system.services.answer(receiveVisitorMessage, () => Promise.resolve(entry));
    system.services.answer(getPublicHistory, () => Promise.resolve({ items: [entry], nextCursor: null }));
    const client = await visitors.connect({ userId: '7', userHash: 'proof of 7', name: 'Lucía' });
    const commandId = newId();
    expect(await client.ask('message.send', { text: 'hola\n👋', commandId })).toEqual({ ok: true, data: entry });
    expect(system.services.received.at(-1)).toMatchObject({
      subject: receiveVisitorMessage.subject,
      request: { channelId: 'web', externalId: 'user:7', name: 'Lucía', commandId, text: 'hola\n👋' },
      caller: { actor: { kind: 'channel', workspaceId: 'sur', id: 'web' } },
    });
    for (const body of [[], [{}], [{ before: '1.7' }]]) {
      expect(await client.ask('history', ...body)).toEqual({ ok: true, data: { items: [entry], nextCursor: null } });
      expect(system.services.received.at(-1)).toMatchObject({ request: { channelId: 'web', externalId: 'user:7', ...body[0] }, caller: { actor: { kind: 'channel', id: 'web' } } });
    }
  });

  it.each<[string, unknown, string]>([
    ['message.send', { text: 'hola' }, 'commandId'],
    ['message.send', { commandId: 'command-1' }, 'text'],
    ['message.send', { commandId: 'command-1', text: ' \n' }, 'text'],
    ['message.send', { commandId: 'command-1', text: 'x'.repeat(4097) }, 'text'],
    ['message.send', { commandId: 'command-1', text: 'hola', attachmentIds: ['a1', 'a1'] }, 'attachmentIds'],
    ['message.send', { commandId: 'command-1', text: 'hola', externalId: 'user:42' }, 'externalId'],
    ['message.send', { commandId: 'command-1', text: 'hola', channelId: 'otra' }, 'channelId'],
    ['message.send', ['hola'], ''],
    ['history', { before: 7 }, 'before'],
    ['history', { externalId: 'user:42' }, 'externalId'],
    ['history', { conversationId: 'c1' }, 'conversationId'],
  ])('%s %j is refused, and asked of nobody', async (event, body, path) => {
    const client = await visitors.connect();
    const before = system.services.received.length;
    expect(await client.ask(event, body)).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED', errors: expect.arrayContaining([expect.objectContaining({ path })]) as unknown } });
    expect(system.services.received).toHaveLength(before);
  });

  it.each(['conversation.list', 'note.add', 'conversation.timeline', 'auth.refresh', 'entry', '__proto__', '', 42])('%j is nothing', async (event) => {
    const client = await visitors.connect();
    const before = system.services.received.length;
    expect(await client.ask(event as string, {})).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', correlationId: expect.any(String) as string } });
    expect(system.services.received).toHaveLength(before);
  });

  it('before it was answered is bounded: what is beyond is RATE_LIMITED, asked of nobody, and taken later', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    system.services.answer(getPublicHistory, async () => {
      await gate;
      return { items: [], nextCursor: null };
    });
    const [client, other] = [await visitors.connect(), await visitors.connect()];
    const before = system.services.received.length;
    const answers = Array.from({ length: 40 }, () => client.ask('history', {}));
    const refused = await Promise.all(answers.slice(32));
    for (const answer of refused) expect(answer).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED', details: { retryAfterMs: 1_000 } } });
    const others = other.ask('history', {});
    open();
    expect((await Promise.all([...answers.slice(0, 32), others])).every(({ ok }) => ok)).toBe(true);
    expect(system.services.received.length - before).toBe(33);
    expect(await client.ask('history', {})).toMatchObject({ ok: true });
  });

  it('in a packet larger than a message can be ends the connection, unread', async () => {
    const client = await visitors.connect();
    const before = system.services.received.length;
    const ended = client.ended();
    client.socket.emit('message.send', { commandId: newId(), text: 'hola', padding: 'x'.repeat(70_000) });
    client.socket.emit('history', {});
    expect(await ended).toBe('io server disconnect');
    const witness = await visitors.connect();
    await witness.ask('history', {});
    expect(system.services.received.slice(before).filter(({ subject }) => subject === getPublicHistory.subject)).toHaveLength(1);
  });
});

describe('what happens', () => {
  it('is told to all of a visitor’s sockets, on every replica, once each and in order, and to no other', async () => {
    const tab = await visitors.connect();
    const visitorToken = await tokenOf(tab);
    const tabs = [tab, await visitors.connect({ visitorToken }), await visitors.connect({ visitorToken, replica: 1 })];
    const others = [await visitors.connect(), await visitors.connect({ channelId: 'otra', userId: '1', userHash: 'proof of 1' })];
    const externalId = await visitors.externalIdOf(tab);
    const conversationId = `conversation-${externalId.replace(/[^A-Za-z0-9]/g, '')}`;
    for (let seq = 1; seq <= 20; seq++) await visitors.happens(externalId, seq);
    // The same name at another channel, and in another workspace, is somebody else.
    await visitors.happens(externalId, 21, { channelId: 'otra' });
    await visitors.happens(externalId, 22, { channelId: 'lejana', workspaceId: 'norte' });
    await visitors.settle(externalId, 1, ...tabs);
    for (const client of tabs) expect(entriesOf(client, conversationId)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    for (const client of others) {
      await visitors.settle(await visitors.externalIdOf(client), 1, ...(client === others[0] ? [client] : []));
      expect(entriesOf(client, conversationId)).toEqual([]);
    }
  });

  it('and is published again, long after, is not told again', async () => {
    const client = await visitors.connect();
    const externalId = await visitors.externalIdOf(client);
    await visitors.happens(externalId, 5, { conversationId: 'repetida' });
    const subject = eventSubject(publicConversationEvents, { workspaceId: 'sur', aggregateId: 'repetida', fact: 'message' });
    const first = await (await jetstreamManager(nats)).streams.getMessage('PUBLIC', { last_by_subj: subject });
    // Without the message id, as if the window of de-duplication had passed.
    await jetstream(nats).publish(subject, first!.data);
    await visitors.settle(externalId, 1, client);
    expect(entriesOf(client, 'repetida')).toEqual([5]);
  });

  it('shows nothing but what is on the list, whatever is published', async () => {
    const client = await visitors.connect();
    const externalId = await visitors.externalIdOf(client);
    await visitors.happens(externalId, 1, {}, { teamId: 'secreto', conversation: { tagIds: ['secreto'] } });
    await visitors.happens(externalId, 2, { author: { kind: 'customer', name: 'secreto' } });
    await visitors.happens(externalId, 3, { type: 'note' as never, data: { text: 'secreto' } as never });
    await new Events(system.services).entry(null, { teamId: null, assigneeId: null }, `conversation-${externalId.replace(/[^A-Za-z0-9]/g, '')}`);
    await visitors.settle(externalId, 1, client);
    const told = client.heard.filter(({ name }) => name === 'entry').map(({ payload }) => payload);
    expect(told).toHaveLength(3);
    for (const entry of told) {
      expect(Object.keys(entry).sort()).toEqual(['actor', 'at', 'conversationId', 'data', 'seq', 'type', 'visibility']);
      expect(Object.keys(entry.actor as object).sort()).toEqual(['kind', 'name']);
    }
    expect(JSON.stringify(client.heard)).not.toContain('secreto');
  });

  it('while a visitor is let in is told after ready', async () => {
    const first = await visitors.connect();
    const externalId = await visitors.externalIdOf(first);
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<object>();
    system.services.answer(getActiveConversation, () => {
      asked.resolve();
      return answer.promise;
    });
    const connecting = visitors.connect({ visitorToken: await tokenOf(first) });
    await asked.promise;
    await visitors.happens(externalId, 1, { conversationId: 'mientras' });
    await first.hear('entry', { conversationId: 'mientras' });
    system.services.answer(getActiveConversation, () => Promise.resolve({ conversation: null, voice: true }));
    answer.resolve({ conversation: null, voice: true });
    const client = await connecting;
    await visitors.settle(externalId, 1, client);
    expect(client.heard.map(({ name }) => name)).toEqual(['ready', 'entry', 'entry']);
    expect(entriesOf(client, 'mientras')).toEqual([1]);
  });

  it('is told after NATS was away as well', async () => {
    const client = await visitors.connect();
    const externalId = await visitors.externalIdOf(client);
    wire.cable.pull();
    await visitors.happens(externalId, 1, { conversationId: 'cortada' });
    wire.cable.plug();
    expect(await client.hear('entry', { conversationId: 'cortada' })).toMatchObject({ seq: 1 });
    await visitors.settle(externalId, 1, client);
    expect(entriesOf(client, 'cortada')).toEqual([1]);
  });
});

it('a replica that stops answers what it was asked, and lets its visitors go to another', async () => {
  const client = await visitors.connect({ replica: 1 });
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<object>();
  system.services.answer(receiveVisitorMessage, () => {
    asked.resolve();
    return answer.promise;
  });
  const ack = client.ask('message.send', { text: 'hola', commandId: newId() });
  const ended = client.ended();
  await asked.promise;
  const restarted = system.restart(1);
  const drain = system.gateways[1]!.get(Drain);
  while (!drain.isDraining) await new Promise((resolve) => setImmediate(resolve));
  answer.resolve({ done: true });
  expect(await ack).toEqual({ ok: true, data: { done: true } });
  // Not "io server disconnect", after which clients do not come back by themselves.
  expect(await ended).toBe('transport close');
  await restarted;
  await visitors.connect({ replica: 1, visitorToken: await tokenOf(client) });
});

it('all of it, over the widget’s connection, asked for nothing but what is public', () => {
  wire.expectPublicOnly(openVisit.subject, receiveVisitorMessage.subject, getPublicHistory.subject);
});
