import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type AgentView, type Audience, conversationsEvents, eventSubject } from '@relevo/contracts';
import { connectionOptions, ensureStreams } from '@relevo/messaging';
import { register } from 'prom-client';
import { Events } from './support/events.js';
import type { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';

let system: System;
let events: Events;
let nats: NatsConnection;

beforeAll(async () => {
  system = await System.start(2);
  events = new Events(system.services);
  nats = await connect(connectionOptions('test', { NATS_URL: system.stack.nats.url, OUTAGE_MS: 15_000 }));
});

afterAll(async () => {
  await nats?.close();
  await system?.stop();
});

/** Publishes a last event and waits until each of them has it: what they have not heard by then they never will. */
async function settle(clients: Iterable<LiveClient>, from = events): Promise<void> {
  const tag = await from.tag();
  await Promise.all([...clients].map((client) => client.hear('tag.updated', { tag })));
}

const heardOf = ({ heard }: LiveClient, conversationId: string): string[] =>
  heard.filter(({ payload }) => payload.conversationId === conversationId).map(({ name }) => name);

it('an entry that is published again, long after, is not told again', async () => {
  const client = await system.connect(system.services.hire('repetida', { role: 'supervisor' }));
  const { conversationId } = await events.entry(null, { teamId: null, assigneeId: null });
  const subject = eventSubject(conversationsEvents, { workspaceId: 'sur', aggregateId: conversationId, fact: 'note' });
  const first = await (await jetstreamManager(nats)).streams.getMessage('INTERNAL', { last_by_subj: subject });
  // Without the message id, as if the window of de-duplication had passed.
  await jetstream(nats).publish(subject, first!.data);
  await settle([client]);
  expect(heardOf(client, conversationId)).toEqual(['timeline.entry']);
});

describe('what happens in a conversation', () => {
  const agents = new Map<string, AgentView>();
  const clients = new Map<string, LiveClient>();

  beforeAll(async () => {
    const staff: [string, Partial<AgentView>, string?][] = [
      ['boss', { role: 'supervisor' }],
      ['admin', { role: 'admin', teamIds: ['ventas'] }],
      ['ventas', { teamIds: ['ventas'] }],
      ['soporte', { teamIds: ['soporte'] }],
      ['ambos', { teamIds: ['ventas', 'soporte'] }],
      ['suelta', {}],
      ['vecino', { role: 'admin', teamIds: ['ventas'] }, 'norte'],
    ];
    for (const [name, more, workspaceId] of staff) {
      const agent = system.services.hire(name, more, workspaceId);
      agents.set(name, agent);
      for (const replica of [0, 1]) clients.set(`${name}@${replica}`, await system.connect(agent, { replica }));
    }
  });

  const at = (names: string): string[] => (names === '' ? [] : names.split(' ').flatMap((name) => [`${name}@0`, `${name}@1`]));
  const assigned = (teamId: string | null, name?: string): Audience => ({ teamId, assigneeId: name ? agents.get(name)!.id : null });

  it.each<[string, () => Audience | null, () => Audience, string, string]>([
    ['opens without a team', () => null, () => assigned(null), 'boss admin ventas soporte ambos suelta', ''],
    ['opens in a team', () => null, () => assigned('ventas'), 'boss admin ventas ambos', ''],
    ['goes on in a team', () => assigned('soporte'), () => assigned('soporte'), 'boss admin soporte ambos', ''],
    ['is assigned to one of another team', () => assigned('ventas'), () => assigned('ventas', 'suelta'), 'boss admin ventas ambos suelta', ''],
    ['goes to another team', () => assigned('ventas'), () => assigned('soporte'), 'boss admin soporte ambos', 'ventas'],
    ['leaves its assignee for another team', () => assigned('ventas', 'suelta'), () => assigned('soporte'), 'boss admin soporte ambos', 'ventas suelta'],
    ['goes from everyone to a team', () => assigned(null), () => assigned('ventas'), 'boss admin ventas ambos', 'soporte suelta'],
  ])('is told, when it %s, to exactly those who may see it, on every replica', async (_, before, after, see, lose) => {
    const { conversationId, seq } = await events.entry(before(), after());
    await settle([...clients].filter(([name]) => !name.startsWith('vecino')).map(([, client]) => client));
    const heard = Object.fromEntries([...clients].map(([name, client]) => [name, heardOf(client, conversationId)]));
    const expected = Object.fromEntries([...clients.keys()].map((name): [string, string[]] => [name, []]));
    for (const name of at(see)) expected[name] = ['timeline.entry'];
    for (const name of at(lose)) expected[name] = ['conversation.removed'];
    expect(heard).toEqual(expected);
    const event = await clients.get('boss@1')!.hear('timeline.entry', { conversationId });
    expect(event).toMatchObject({ cursor: expect.any(String) as string, seq, entry: { conversationId, seq }, conversation: { id: conversationId } });
    for (const name of at(lose)) {
      expect(Object.keys(await clients.get(name)!.hear('conversation.removed', { conversationId })).sort()).toEqual(['conversationId', 'cursor', 'seq']);
    }
  });

  it('is told in order, under cursors that grow, alike on both replicas', async () => {
    const conversations = await Promise.all(Array.from({ length: 30 }, () => events.entry(null, assigned(null))));
    await settle([clients.get('boss@0')!, clients.get('boss@1')!]);
    const told = (name: string) =>
      clients
        .get(name)!
        .heard.filter(({ payload }) => conversations.some(({ conversationId }) => conversationId === payload.conversationId))
        .map(({ payload }) => [payload.cursor, payload.conversationId]);
    expect(told('boss@0')).toHaveLength(30);
    expect(told('boss@1')).toEqual(told('boss@0'));
    const places = told('boss@0').map(([cursor]) => Number(String(cursor).split('.')[1]));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('does not cross into another workspace', async () => {
    const theirs = new Events(system.services, 'norte');
    await settle([clients.get('vecino@0')!, clients.get('vecino@1')!], theirs);
    for (const client of ['vecino@0', 'vecino@1']) {
      expect(clients.get(client)!.heard.map(({ name }) => name)).toEqual(['ready', 'tag.updated']);
    }
  });
});

describe('a change of teams or role', () => {
  it('moves the agent’s sockets at once, on every replica, and asks them to reload', async () => {
    const ana = system.services.hire('ana', { teamIds: ['norte'] });
    const clients = [await system.connect(ana, { replica: 0 }), await system.connect(ana, { replica: 1 })];
    await system.services.change(ana, { teamIds: ['este'] });
    const gone = await events.entry(null, { teamId: 'norte', assigneeId: null });
    const come = await events.entry(null, { teamId: 'este', assigneeId: null });
    await settle(clients);
    for (const client of clients) {
      expect(client.heard.map(({ name }) => name)).toEqual(['ready', 'agent.updated', 'resync_required', 'timeline.entry', 'tag.updated']);
      expect(await client.hear('resync_required')).toEqual({ reason: 'sight-changed' });
      expect([heardOf(client, gone.conversationId), heardOf(client, come.conversationId)]).toEqual([[], ['timeline.entry']]);
    }
    await system.services.change(ana, { teamIds: [], role: 'supervisor' });
    const all = await events.entry(null, { teamId: 'norte', assigneeId: null });
    await settle(clients);
    for (const client of clients) expect(heardOf(client, all.conversationId)).toEqual(['timeline.entry']);
  });

  it('of nothing that matters to sight reloads nobody', async () => {
    const ana = system.services.hire('ana', { teamIds: ['a', 'b'] });
    const client = await system.connect(ana);
    await system.services.change(ana, { status: 'away', teamIds: ['b', 'a'] });
    await settle([client]);
    expect(client.heard.map(({ name }) => name)).toEqual(['ready', 'agent.updated', 'tag.updated']);
  });
});

describe('the cursor', () => {
  it('has no gap to what comes live, however sockets and events race', async () => {
    const boss = system.services.hire('boss', { role: 'supervisor' }, 'carrera');
    const token = await system.tokenOf(boss);
    const theirs = new Events(system.services, 'carrera');
    let connecting = true;
    const publishing = (async () => {
      while (connecting) await theirs.entry(null, { teamId: null, assigneeId: null });
    })();
    const clients = await Promise.all(Array.from({ length: 20 }, (_, index) => system.connect(boss, { token, replica: index % 2 })));
    connecting = false;
    await publishing;
    await settle(clients, theirs);

    const cursorsOf = ({ heard }: LiveClient): string[] => heard.slice(1).map(({ payload }) => String(payload.cursor));
    const placeOf = (cursor: unknown): number => Number(String(cursor).split('.')[1]);
    // Whoever came first has heard the most, and is the measure of what there was to hear.
    const longest = clients.map(cursorsOf).sort((a, b) => b.length - a.length)[0]!;
    for (const client of clients) {
      const { cursor } = await client.hear('ready');
      expect(client.heard[0]!.name).toBe('ready');
      expect(cursorsOf(client)).toEqual(longest.filter((heard) => placeOf(heard) > placeOf(cursor)));
    }
  });

  it('begins again with a new epoch when the stream is lost, and everyone is asked to reload', async () => {
    const boss = system.services.hire('boss', { role: 'supervisor' });
    const clients = [await system.connect(boss, { replica: 0 }), await system.connect(boss, { replica: 1 })];
    const ana = system.services.hire('ana', { teamIds: ['norte'] });
    const hers = await system.connect(ana);
    await settle([...clients, hers]);
    const { cursor } = await clients[0]!.hear('ready');
    // Its event is one of those that are lost.
    system.services.changeInSilence(ana, { teamIds: ['este'] });
    const manager = await jetstreamManager(nats);
    await manager.streams.delete('INTERNAL');
    await ensureStreams(nats);
    await Promise.all([...clients, hers].map((client) => client.hear('resync_required', { reason: 'events-lost' })));
    const gone = await events.entry(null, { teamId: 'norte', assigneeId: null });
    const { conversationId } = await events.entry(null, { teamId: 'este', assigneeId: null });
    await settle([hers]);
    expect([heardOf(hers, gone.conversationId), heardOf(hers, conversationId)]).toEqual([[], ['timeline.entry']]);
    for (const client of clients) {
      const event = await client.hear('timeline.entry', { conversationId });
      expect(String(event.cursor).split('.')[0]).not.toBe(String(cursor).split('.')[0]);
    }
    const late = await system.connect(boss, { cursor });
    expect(await late.hear('resync_required')).toEqual({ reason: 'epoch-changed' });
  });
});

it('counts its sockets and what it tells them', async () => {
  const sockets = async () => Number(/relevo_connected_sockets (\d+)/.exec(await register.metrics())![1]);
  const before = await sockets();
  await system.connect(system.services.hire('ana'));
  expect(await sockets()).toBe(before + 1);
  expect(await register.metrics()).toMatch(/relevo_live_events_total\{event="timeline.entry"\} [1-9]/);
});
