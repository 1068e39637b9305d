import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { AppError, eventSubject, getActiveConversation, getPublicHistory, openVisit, publicConversationEvents, receiveVisitorMessage, startTyping, tellVisitorTyping, typingSubject, voiceSubject } from '@relevo/contracts';
import { connectionOptions } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import { SignJWT } from 'jose';
import { developmentSecret } from '../src/config.js';
import { Drain } from '../src/socket/drain.js';
import { Cable } from './support/cable.js';
import { eventually } from './support/eventually.js';
import { Events } from './support/events.js';
import { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';
import { shop, Visitors } from './support/visitors.js';

let system: System;
let visitors: Visitors;
let nats: NatsConnection;
let cable: Cable;
let sent = '';

beforeAll(async () => {
  system = await System.start(2, async (stack) => {
    cable = await Cable.to(stack.nats.urlFor('widget'), (bytes) => (sent += bytes.toString('latin1')));
    return { WIDGET_NATS_URL: cable.url, ALLOWED_ORIGINS: 'https://desk.example.com' };
  });
  visitors = new Visitors(system);
  nats = await connect(connectionOptions('test', { NATS_URL: system.stack.nats.url }));
}, 120_000);

afterAll(async () => {
  visitors?.close();
  await nats?.close();
  await system?.stop();
  cable?.close();
});

const tokenOf = async (client: LiveClient): Promise<string> => String((await client.hear('ready')).visitorToken);
const entriesOf = ({ heard }: LiveClient, conversationId: string) =>
  heard.filter(({ name, payload }) => name === 'entry' && payload.conversationId === conversationId).map(({ payload }) => payload.seq);

describe('a visitor', () => {
  it('who comes without anything is somebody new, whom no customer is made of', async () => {
    const before = system.services.received.length;
    const [one, other] = [await visitors.connect(), await visitors.connect()];
    expect(await one.hear('ready')).toEqual({ visitorToken: expect.any(String) as string, voice: true });
    const asked = new Set(system.services.received.slice(before).map(({ subject }) => subject));
    expect([...asked].sort()).toEqual([openVisit.subject, getActiveConversation.subject].sort());
    const ids = [await visitors.externalIdOf(one), await visitors.externalIdOf(other)];
    for (const id of ids) expect(id).toMatch(/^visitor:[A-Za-z0-9_-]{24}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('is known again by the last token, on any replica', async () => {
    const first = await visitors.connect();
    const again = await visitors.connect({ visitorToken: await tokenOf(first), replica: 1 });
    expect(await visitors.externalIdOf(again)).toBe(await visitors.externalIdOf(first));
    const third = await visitors.connect({ visitorToken: await tokenOf(again) });
    expect(await visitors.externalIdOf(third)).toBe(await visitors.externalIdOf(first));
  });

  it('whom the site vouches for is its user, whatever token there is', async () => {
    const proof = { userId: '42', userHash: 'proof of 42' };
    const anonymous = await visitors.connect();
    for (const auth of [proof, { ...proof, visitorToken: await tokenOf(anonymous) }, { ...proof, visitorToken: 'stale' }]) {
      expect(await visitors.externalIdOf(await visitors.connect(auth))).toBe('user:42');
    }
    const user = await visitors.connect(proof);
    expect(await visitors.externalIdOf(await visitors.connect({ visitorToken: await tokenOf(user) }))).toBe('user:42');
  });

  it('is told of the conversation that is going on', async () => {
    const conversation = { id: 'c1', status: 'active', openedAt: '2026-03-01T10:00:00.000Z', seq: 4 };
    system.services.answer(getActiveConversation, () => Promise.resolve({ conversation, voice: true }));
    const client = await visitors.connect();
    system.services.answer(getActiveConversation, () => Promise.resolve({ conversation: null, voice: true }));
    expect(await client.hear('ready')).toEqual({ visitorToken: expect.any(String) as string, voice: true, conversation });
  });

  it('is told whether voice messages may be sent: where the workspace and the channel have them, and when that changes', async () => {
    const [client, quiet, foreign] = [await visitors.connect(), await visitors.connect({ channelId: 'otra' }), await visitors.connect({ channelId: 'lejana' })];
    const told = async (clients: LiveClient[]) => Promise.all(clients.map(async (one) => (await one.hear('ready')).voice));
    expect(await told([client, quiet, foreign])).toEqual([true, false, true]);
    for (const voice of [false, true]) {
      system.services.say(voiceSubject('sur'), { workspaceId: 'sur', voice });
      await client.hear('voice', { enabled: voice });
    }
    await eventually(() => expect(quiet.heard.filter(({ name }) => name === 'voice').map(({ payload }) => payload)).toEqual([{ enabled: false }, { enabled: false }]), 5_000);
    expect(foreign.heard.some(({ name }) => name === 'voice')).toBe(false);
  });

  it.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['an unknown channel', { channelId: 'none' }],
    ['a channel that is no id', { channelId: { $gt: '' } }],
    ['a wrong proof', { channelId: 'web', userId: '42', userHash: 'proof of 43' }],
    ['a user without proof', { channelId: 'web', userId: '42' }],
    ['a proof without user', { channelId: 'web', userHash: 'proof of ' }],
    ['a token that is none', { channelId: 'web', visitorToken: 'a.b.c' }],
    ['a token that is no text', { channelId: 'web', visitorToken: 7 }],
    ['an unknown field', { channelId: 'web', externalId: 'user:42' }],
  ])('with %s is refused', async (_, auth) => {
    expect((await visitors.refusal(auth)).data).toMatchObject({ code: 'UNAUTHENTICATED', correlationId: expect.any(String) as string });
  });

  describe('with a token', () => {
    const claims = { wid: 'sur', cid: 'web', aud: 'relevo-visitors', iss: 'relevo', sub: 'visitor:x' };
    const later = () => Math.floor(Date.now() / 1000) + 1_000;
    const unsigned = (payload: object) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.`;
    const signedBy = (key: string) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(later()).sign(new TextEncoder().encode(key));

    it.each<[string, () => string | Promise<string>]>([
      ['an agent’s', () => system.tokenOf(system.services.hire('ana'))],
      ['another channel’s', async () => tokenOf(await visitors.connect({ channelId: 'otra' }))],
      ['another workspace’s', async () => tokenOf(await visitors.connect({ channelId: 'lejana' }))],
      ['nobody’s signature', () => unsigned({ ...claims, exp: later() })],
      ['the agents’ key', () => signedBy(developmentSecret)],
      ['another key', () => signedBy('x'.repeat(32))],
      [
        'an altered name',
        async () => {
          const [head, , signature] = (await tokenOf(await visitors.connect())).split('.');
          return `${head}.${Buffer.from(JSON.stringify({ ...claims, exp: later() })).toString('base64url')}.${signature}`;
        },
      ],
    ])('that is or has %s is refused', async (_, token) => {
      expect((await visitors.refusal({ channelId: 'web', visitorToken: await token() })).data).toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('is no agent', async () => {
      const token = await tokenOf(await visitors.connect());
      expect((await LiveClient.refusal(system.url, { token })).data).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect((await system.rest('GET', '/v1/me', { token })).status).toBe(401);
    });
  });
});

describe('a page', () => {
  const from = (origin: string) => ({ extraHeaders: { origin } });

  it('that the channel names may embed its widget, but is no frontend of agents', async () => {
    await visitors.connect({ options: from(shop) });
    expect((await visitors.refusal({ channelId: 'otra' }, from(shop))).data).toMatchObject({ code: 'UNAUTHENTICATED' });
    const token = await system.tokenOf(system.services.hire('ana'));
    expect((await LiveClient.refusal(system.url, { token }, from(shop))).data).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('of the gateway, or of an allowed origin, may embed any', async () => {
    for (const origin of [system.url, 'https://desk.example.com']) await visitors.connect({ channelId: 'otra', options: from(origin) });
  });

  it.each(['https://evil.example', `${shop}.evil.example`, 'null', `${shop}/`])('of %s is refused before it begins', async (origin) => {
    expect((await visitors.refusal({ channelId: 'web' }, from(origin))).data).toBeUndefined();
  });
});

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
    cable.pull();
    await visitors.happens(externalId, 1, { conversationId: 'cortada' });
    cable.plug();
    expect(await client.hear('entry', { conversationId: 'cortada' })).toMatchObject({ seq: 1 });
    await visitors.settle(externalId, 1, client);
    expect(entriesOf(client, 'cortada')).toEqual([1]);
  });
});

describe('who writes', () => {
  const tell = (visibility: 'internal' | 'public', notice: object): void => nats.publish(typingSubject(visibility, 'sur'), JSON.stringify({ workspaceId: 'sur', conversationId: 'c1', stopped: false, ...notice }));
  const typingOf = ({ heard }: LiveClient) => heard.filter(({ name }) => name === 'typing').map(({ payload }) => payload);

  it('is asked of its owner once in a while, however often a visitor says it', async () => {
    const client = await visitors.connect({ userId: '9', userHash: 'proof of 9' });
    for (let time = 0; time < 5; time++) expect(await client.ask('typing')).toMatchObject({ ok: true });
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
    for (let time = 0; time < 3; time++) expect(await client.ask('typing.start', { conversationId: 'c7' })).toMatchObject({ ok: true });
    expect(asked()).toBe(before + 1);
    system.services.answer(startTyping, () => Promise.reject(new AppError('NOT_FOUND', 'No such conversation.')));
    for (let time = 0; time < 3; time++) expect(await client.ask('typing.start', { conversationId: 'c8' })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(asked()).toBe(before + 4);
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
  const subjects = new Set([...sent.matchAll(/(?:^|\r\n)(?:PUB|HPUB|SUB) (\S+)/g)].map(([, subject]) => subject!));
  const allowed = [/^rpc\.[a-z]+\.public-[a-z-]+\.v1$/, /^\$JS\.API\.STREAM\.INFO\.PUBLIC$/, /^\$JS\.API\.CONSUMER\.[A-Z.]+\.PUBLIC\.\S+$/, /^_INBOX_widget\./, /^live\.conversations\.\*\.public\.(typing|voice)\.v1$/];
  expect([...subjects].filter((subject) => !allowed.some((pattern) => pattern.test(subject)))).toEqual([]);
  for (const { subject } of [openVisit, receiveVisitorMessage, getPublicHistory]) expect(subjects).toContain(subject);
  // Of all workspaces' streams, and of any other visibility, nothing.
  expect(sent).not.toMatch(/evt\.[^"\s]*\.internal\./);
});
