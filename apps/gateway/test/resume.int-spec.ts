import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { AgentView } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { counted } from './support/counted.js';
import { Events } from './support/events.js';
import { type Heard, type LiveClient, placeOf } from './support/live-client.js';
import { System } from './support/system.js';

/** Small, so that a test may pass them. */
const maxMissed = 100;

let system: System;
let nats: NatsConnection;
let manager: JetStreamManager;

beforeAll(async () => {
  system = await System.start(2, { RESUME_MAX_EVENTS: String(maxMissed), RECENT_EVENTS: '150' });
  nats = await connect({ servers: new URL(system.stack.nats.url).host });
  manager = await jetstreamManager(nats);
}, 120_000);

afterAll(async () => {
  await nats?.close();
  await system?.stop();
});

const everyone = { teamId: null, assigneeId: null };
const inTeam = (teamId: string) => ({ teamId, assigneeId: null });

/** A workspace of its own for each test. */
function workspace() {
  const id = newId();
  const events = new Events(system.services, id);
  return {
    events,
    hire: (name: string, more: Partial<AgentView> = {}) => system.services.hire(name, more, id),
    /** Waits until each of them has heard all that was published by now. */
    settle: async (...clients: LiveClient[]): Promise<void> => {
      const tag = await events.tag();
      await Promise.all(clients.map((client) => client.hear('tag.updated', { tag })));
    },
  };
}

const after = ({ heard }: LiveClient, cursor: string): Heard[] => heard.slice(1).filter(({ payload }) => placeOf(payload.cursor) > placeOf(cursor));

describe('a client that comes back', () => {
  it('to another replica or the same one hears exactly what it missed, once and in order, and goes on live', async () => {
    const { events, hire, settle } = workspace();
    const ana = hire('ana', { teamIds: ['ventas'] });
    const witness = await system.connect(ana);
    const first = await system.connect(ana);
    const { conversationId } = await events.entry(null, inTeam('ventas'));
    await settle(witness, first);
    first.close();
    const { cursor } = first;

    const visible = await events.entry(null, everyone);
    await events.entry(null, inTeam('soporte'));
    await events.entry(inTeam('ventas'), inTeam('soporte'), conversationId);
    const hers = await events.entry(inTeam('soporte'), { teamId: 'soporte', assigneeId: ana.id });
    await events.entry(inTeam('soporte'), inTeam('soporte'), conversationId);
    const shared = await events.entry(inTeam('ventas'), everyone);
    await settle(witness);
    const readsBefore = await counted('relevo_stream_reads_total');
    for (const [replica, reads] of [[1, 1], [0, 1], [1, 1]] as const) {
      const again = await system.connect(ana, { replica, cursor });
      await settle(again, witness);
      expect(again.heard[0]).toMatchObject({ name: 'ready', payload: { agent: ana, cursor, resumed: true } });
      expect(again.heard.slice(1)).toEqual(after(witness, cursor));
      expect(again.heard.slice(1, 6).map(({ name, payload }) => [name, payload.conversationId])).toEqual([
        ['timeline.entry', visible.conversationId],
        ['conversation.removed', conversationId],
        ['timeline.entry', hers.conversationId],
        ['timeline.entry', shared.conversationId],
        ['tag.updated', undefined],
      ]);
      // Only the replica that had no feed yet asks the stream.
      expect(await counted('relevo_stream_reads_total')).toBe(readsBefore + reads);
    }
  });

  it('having missed nothing of its own stands at the end, wherever the replica stands', async () => {
    const { events, hire, settle } = workspace();
    const ana = hire('ana', { teamIds: ['ventas'] });
    const behind = await system.connect(ana, { replica: 1 });
    // The other replica begins where the stream is; this one stays at its workspace's last event.
    for (let count = 0; count < 5; count++) await new Events(system.services, newId()).tag();
    const { cursor } = await system.connect(ana);
    expect(placeOf(cursor)).toBeGreaterThan(placeOf(behind.cursor));
    const again = await system.connect(ana, { replica: 1, cursor });
    expect(again.heard).toEqual([{ name: 'ready', payload: { agent: ana, cursor, resumed: true } }]);
    await events.entry(null, inTeam('soporte'));
    await settle(again, behind);
    expect(again.heard.map(({ name }) => name)).toEqual(['ready', 'tag.updated']);
    const unseen = await events.entry(null, inTeam('soporte'));
    const later = await system.connect(ana, { cursor: again.cursor });
    expect(later.heard[0]!.payload).toMatchObject({ resumed: true });
    await settle(later);
    expect(later.heard.some(({ payload }) => payload.conversationId === unseen.conversationId)).toBe(false);
  });

  it('in the middle of a flood hears all of it, from whichever replica', async () => {
    const { events, hire, settle } = workspace();
    const boss = hire('boss', { role: 'supervisor' });
    const token = await system.tokenOf(boss);
    const witness = await system.connect(boss, { token });
    const { cursor } = witness;
    let connecting = true;
    const publishing = (async () => {
      for (let count = 0; connecting && count < maxMissed - 10; count++) await events.entry(null, everyone);
    })();
    const clients = await Promise.all(Array.from({ length: 20 }, (_, index) => system.connect(boss, { token, cursor, replica: index % 2 })));
    connecting = false;
    await publishing;
    await settle(witness, ...clients);
    for (const client of clients) {
      expect(client.heard[0]!.payload).toMatchObject({ resumed: true });
      expect(client.heard.slice(1)).toEqual(witness.heard.slice(1));
    }
  });

  it('with two hundred others after a restart shares their reading of the stream', async () => {
    const { events, hire, settle } = workspace();
    const agents = ['ventas', 'soporte'].map((team) => hire(team, { teamIds: [team] }));
    const tokens = await Promise.all(agents.map((agent) => system.tokenOf(agent)));
    const witnesses = await Promise.all(agents.map((agent, index) => system.connect(agent, { token: tokens[index]!, replica: 1 })));
    const clients = await Promise.all(Array.from({ length: 200 }, (_, index) => system.connect(agents[index % 2]!, { token: tokens[index % 2]! })));
    for (let count = 0; count < 20; count++) await events.entry(null, inTeam(count % 3 === 0 ? 'ventas' : 'soporte'));
    await settle(...clients, ...witnesses);
    const ended = Promise.all(clients.map((client) => client.ended()));
    await system.restart(0);
    await ended;
    for (let count = 0; count < 20; count++) await events.entry(null, inTeam(count % 3 === 0 ? 'ventas' : 'soporte'));
    await settle(...witnesses);

    const readsBefore = await counted('relevo_stream_reads_total');
    const back = await Promise.all(
      clients.map(async ({ heard }, index) => {
        // Everyone was somewhere else when it ended.
        const cursor = String(heard[1 + (index % (heard.length - 1))]!.payload.cursor);
        return { cursor, client: await system.connect(agents[index % 2]!, { token: tokens[index % 2]!, cursor }) };
      }),
    );
    await settle(...witnesses, ...back.map(({ client }) => client));
    for (const [index, { cursor, client }] of back.entries()) {
      expect(client.heard[0]!.payload).toMatchObject({ cursor, resumed: true });
      expect(client.heard.slice(1)).toEqual(after(witnesses[index % 2]!, cursor));
    }
    // Each reading answers all who wait, and goes as far back as the one who needs most.
    expect((await counted('relevo_stream_reads_total')) - readsBefore).toBeLessThanOrEqual(5);
  }, 60_000);
});

describe('a client that must reload', () => {
  async function refused(agent: AgentView, cursor: unknown, reason: string, replica = 1): Promise<LiveClient> {
    const client = await system.connect(agent, { cursor, replica });
    expect(await client.hear('resync_required')).toEqual({ reason });
    expect(client.heard.map(({ name }) => name)).toEqual(['ready', 'resync_required']);
    expect(client.heard[0]!.payload).toMatchObject({ resumed: false, cursor: expect.any(String) as string });
    return client;
  }

  it('has a cursor that is none, of another epoch, or of what has not been yet', async () => {
    const { events, hire, settle } = workspace();
    const ana = hire('ana');
    const { cursor } = await system.connect(ana);
    const [epoch, seq] = cursor.split('.');
    for (const malformed of ['', 'x', 7, true, {}, `${cursor}.1`, `${epoch}.-1`]) await refused(ana, malformed, 'cursor-malformed');
    await refused(ana, `zz.${seq}`, 'epoch-changed');
    const client = await refused(ana, `${epoch}.${Number(seq) + 1000}`, 'cursor-ahead');
    const { conversationId } = await events.entry(null, everyone);
    await settle(client);
    expect(client.heard.map(({ name, payload }) => [name, payload.conversationId]).slice(2)).toEqual([['timeline.entry', conversationId], ['tag.updated', undefined]]);
  });

  it('is too far behind, counting what happened in its own workspace, seen by it or not', async () => {
    const { events, hire, settle } = workspace();
    const ana = hire('ana');
    const start = await system.connect(ana);
    const { cursor } = start;
    const others = new Events(system.services, newId());
    for (let count = 0; count < maxMissed; count++) {
      await others.tag();
      await events.entry(null, inTeam('soporte'));
    }
    expect(await (await system.connect(ana, { cursor, replica: 1 })).hear('ready')).toMatchObject({ resumed: true });
    await settle(start);
    for (const replica of [0, 1]) await refused(ana, cursor, 'too-far-behind', replica);
    await system.restart(1);
    await refused(ana, cursor, 'too-far-behind');
  });

  it('has a cursor older than all that the stream has', async () => {
    const { events, hire, settle } = workspace();
    const ana = hire('ana');
    const start = await system.connect(ana);
    const { cursor } = start;
    await settle(start);
    const later = start.cursor;
    await settle(start);
    await events.tag();
    await manager.streams.purge('INTERNAL', { seq: placeOf(later) + 1 });
    await refused(ana, cursor, 'cursor-too-old');
    expect(await (await system.connect(ana, { cursor: later, replica: 1 })).hear('ready')).toMatchObject({ resumed: true });
  });

  it('is of an agent whose teams or role changed since, even if they changed back, or nobody was told yet', async () => {
    const { events, hire, settle } = workspace();
    const ana = hire('ana', { teamIds: ['ventas'] });
    await system.services.change(ana, {});
    const { cursor } = await system.connect(ana);
    const witness = await system.connect(hire('boss', { role: 'supervisor' }));
    await system.services.change(ana, { status: 'away' });
    await settle(witness);
    expect(await (await system.connect(ana, { cursor, replica: 1 })).hear('ready')).toMatchObject({ resumed: true });

    system.services.changeInSilence(ana, { role: 'supervisor' });
    for (const replica of [0, 1]) (await refused(ana, cursor, 'sight-changed', replica)).close();
    system.services.changeInSilence(ana, { role: 'agent' });
    await system.services.change(ana, { teamIds: ['soporte'] });
    const client = await refused(ana, cursor, 'sight-changed');
    const { conversationId } = await events.entry(null, inTeam('soporte'));
    await events.entry(null, inTeam('ventas'));
    await settle(client);
    expect(client.heard.slice(2).map(({ payload }) => payload.conversationId)).toEqual([conversationId, undefined]);
    await system.services.change(ana, { teamIds: ['ventas'] });
    await settle(witness);
    for (const replica of [0, 1]) (await refused(ana, cursor, 'sight-changed', replica)).close();
  });

  it('may be of an agent of whom the stream knows nothing, at the next news of them', async () => {
    const { hire, settle } = workspace();
    const ana = hire('ana');
    const first = await system.connect(ana);
    const again = await system.connect(ana, { cursor: first.cursor, replica: 1 });
    for (const status of ['away', 'online'] as const) await system.services.change(ana, { status });
    await settle(first, again);
    expect(first.heard.map(({ name }) => name)).toEqual(['ready', 'agent.updated', 'agent.updated', 'tag.updated']);
    expect(again.heard.map(({ name }) => name)).toEqual(['ready', 'agent.updated', 'resync_required', 'agent.updated', 'tag.updated']);
  });
});
