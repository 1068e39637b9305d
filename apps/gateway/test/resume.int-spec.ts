import { counted } from './support/counted.js';
import { type Heard, type LiveClient, placeOf } from './support/live-client.js';
import { System } from './support/system.js';
import { everyone, inTeam, Workspace } from './support/workspace.js';

let system: System;

beforeAll(async () => {
  system = await System.start(2);
});

afterAll(() => system?.stop());

const after = ({ heard }: LiveClient, cursor: string): Heard[] => heard.slice(1).filter(({ payload }) => placeOf(payload.cursor) > placeOf(cursor));

describe('a client that comes back', () => {
  it('to another replica or the same one hears exactly what it missed, once and in order, and goes on live', async () => {
    const workspace = new Workspace(system);
    const ana = workspace.hire('ana', { teamIds: ['ventas'] });
    const witness = await system.connect(ana);
    const first = await system.connect(ana);
    const { conversationId } = await workspace.events.entry(null, inTeam('ventas'));
    await workspace.settle(witness, first);
    first.close();
    const { cursor } = first;

    const visible = await workspace.events.entry(null, everyone);
    await workspace.events.entry(null, inTeam('soporte'));
    await workspace.events.entry(inTeam('ventas'), inTeam('soporte'), conversationId);
    const hers = await workspace.events.entry(inTeam('soporte'), { teamId: 'soporte', assigneeId: ana.id });
    await workspace.events.entry(inTeam('soporte'), inTeam('soporte'), conversationId);
    const shared = await workspace.events.entry(inTeam('ventas'), everyone);
    await workspace.settle(witness);
    const readsBefore = await counted('relevo_stream_reads_total');
    for (const [replica, reads] of [[1, 1], [0, 1], [1, 1]] as const) {
      const again = await system.connect(ana, { replica, cursor });
      await workspace.settle(again, witness);
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
    const workspace = new Workspace(system);
    const ana = workspace.hire('ana', { teamIds: ['ventas'] });
    const behind = await system.connect(ana, { replica: 1 });
    // The other replica begins where the stream is; this one stays at its workspace's last event.
    for (let count = 0; count < 5; count++) await new Workspace(system).events.tag();
    const { cursor } = await system.connect(ana);
    expect(placeOf(cursor)).toBeGreaterThan(placeOf(behind.cursor));
    const again = await system.connect(ana, { replica: 1, cursor });
    expect(again.heard).toEqual([{ name: 'ready', payload: { agent: ana, cursor, resumed: true } }]);
    await workspace.events.entry(null, inTeam('soporte'));
    await workspace.settle(again, behind);
    expect(again.heard.map(({ name }) => name)).toEqual(['ready', 'tag.updated']);
    const unseen = await workspace.events.entry(null, inTeam('soporte'));
    const later = await system.connect(ana, { cursor: again.cursor });
    expect(later.heard[0]!.payload).toMatchObject({ resumed: true });
    await workspace.settle(later);
    expect(later.heard.some(({ payload }) => payload.conversationId === unseen.conversationId)).toBe(false);
  });

  it('in the middle of a flood hears all of it, from whichever replica', async () => {
    const workspace = new Workspace(system);
    const boss = workspace.hire('boss', { role: 'supervisor' });
    const token = await system.tokenOf(boss);
    const witness = await system.connect(boss, { token });
    const { cursor } = witness;
    let connecting = true;
    const publishing = (async () => {
      for (let count = 0; connecting && count < 500; count++) await workspace.events.entry(null, everyone);
    })();
    const clients = await Promise.all(Array.from({ length: 20 }, (_, index) => system.connect(boss, { token, cursor, replica: index % 2 })));
    connecting = false;
    await publishing;
    await workspace.settle(witness, ...clients);
    for (const client of clients) {
      expect(client.heard[0]!.payload).toMatchObject({ resumed: true });
      expect(client.heard.slice(1)).toEqual(witness.heard.slice(1));
    }
  });

  it('with two hundred others after a restart shares their reading of the stream', async () => {
    const workspace = new Workspace(system);
    const agents = ['ventas', 'soporte'].map((team) => workspace.hire(team, { teamIds: [team] }));
    const tokens = await Promise.all(agents.map((agent) => system.tokenOf(agent)));
    const witnesses = await Promise.all(agents.map((agent, index) => system.connect(agent, { token: tokens[index]!, replica: 1 })));
    const clients = await Promise.all(Array.from({ length: 200 }, (_, index) => system.connect(agents[index % 2]!, { token: tokens[index % 2]! })));
    for (let count = 0; count < 20; count++) await workspace.events.entry(null, inTeam(count % 3 === 0 ? 'ventas' : 'soporte'));
    await workspace.settle(...clients, ...witnesses);
    const ended = Promise.all(clients.map((client) => client.ended()));
    await system.restart(0);
    await ended;
    for (let count = 0; count < 20; count++) await workspace.events.entry(null, inTeam(count % 3 === 0 ? 'ventas' : 'soporte'));
    await workspace.settle(...witnesses);

    const readsBefore = await counted('relevo_stream_reads_total');
    const back = await Promise.all(
      clients.map(async ({ heard }, index) => {
        // Everyone was somewhere else when it ended.
        const cursor = String(heard[1 + (index % (heard.length - 1))]!.payload.cursor);
        return { cursor, client: await system.connect(agents[index % 2]!, { token: tokens[index % 2]!, cursor }) };
      }),
    );
    await workspace.settle(...witnesses, ...back.map(({ client }) => client));
    for (const [index, { cursor, client }] of back.entries()) {
      expect(client.heard[0]!.payload).toMatchObject({ cursor, resumed: true });
      expect(client.heard.slice(1)).toEqual(after(witnesses[index % 2]!, cursor));
    }
    // Each reading answers all who wait, and goes as far back as the one who needs most.
    expect((await counted('relevo_stream_reads_total')) - readsBefore).toBeLessThanOrEqual(5);
  });
});
