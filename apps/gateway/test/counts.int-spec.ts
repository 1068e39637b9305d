import { jetstreamManager } from '@nats-io/jetstream';
import type { CountKey, TrayCounts } from '@relevo/contracts';
import { ensureStreams } from '@relevo/messaging';
import { eventually } from './support/eventually.js';
import type { LiveClient } from './support/live-client.js';
import { System } from './support/system.js';
import { everyone, inTeam, Workspace } from './support/workspace.js';

const patienceMs = 60_000;

let system: System;

beforeAll(async () => {
  system = await System.start(2);
});

afterAll(() => system?.stop());

const none: TrayCounts = { unassigned: 0, mine: 0, agents: 0, bot: 0, mineUnread: 0 };

/** Sets how many wait in a queue, before an event tells of it. */
function wait({ id }: Workspace, unassigned: number, ...keys: CountKey[]): void {
  for (const key of keys) system.services.count({ key, bot: 0, unassigned, assigned: 0 }, id);
}

const becomes = ({ counts }: LiveClient, expected: Partial<TrayCounts>): Promise<void> => eventually(() => expect(counts.at(-1)).toEqual({ ...none, ...expected }), patienceMs);

const askedOf = ({ id }: Workspace): CountKey[][] => system.services.counted.flatMap(({ workspaceId, keys }) => (workspaceId === id ? [[...keys].sort()] : []));

it('each is told after `ready` what they may see, at whatever replica, resumed or not', async () => {
  const workspace = new Workspace(system);
  wait(workspace, 1, 'queue:-');
  wait(workspace, 2, 'queue:ventas');
  wait(workspace, 4, 'queue:soporte');
  wait(workspace, 7, 'all');
  const ana = workspace.hire('ana', { teamIds: ['ventas'] });
  system.services.count({ key: `agent:${ana.id}`, queues: [{ queue: 'soporte', count: 2 }], unread: 1 }, workspace.id);
  const [hers, suelta, boss] = [await system.connect(ana), await system.connect(workspace.hire('suelta'), { replica: 1 }), await system.connect(workspace.hire('boss', { role: 'supervisor' }))];
  await Promise.all([becomes(hers, { unassigned: 3, mine: 2, mineUnread: 1 }), becomes(suelta, { unassigned: 1 }), becomes(boss, { unassigned: 7 })]);
  const again = await system.connect(ana, { replica: 1, cursor: hers.cursor });
  expect(await again.hear('ready')).toMatchObject({ resumed: true });
  await becomes(again, { unassigned: 3, mine: 2, mineUnread: 1 });
  await workspace.settle(hers, suelta, boss, again);
  for (const client of [hers, suelta, boss, again]) expect(client.counts).toHaveLength(1);
});

it('a burst is told at most once a second, and its end in any case', async () => {
  const workspace = new Workspace(system);
  const crowd = await Promise.all([0, 1, 0, 1].map((replica, index) => system.connect(workspace.hire(`agente ${index}`, { teamIds: ['ventas'] }), { replica })));
  await Promise.all(crowd.map((client) => becomes(client, {})));
  const began = performance.now();
  let [moves, waiting] = [0, 0];
  const [asked, pushed] = [askedOf(workspace).length, crowd.map(({ counts }) => counts.length)];
  const seconds = (): number => (performance.now() - began) / 1_000;
  const tellings = (): number[] => crowd.map(({ counts }, index) => counts.length - pushed[index]!);
  // Until each was told several times, and of fewer moves than there were.
  while (Math.min(...tellings()) < 4 || moves < 4 * (1 + seconds())) {
    // What is told ends at 1,000, and a quick machine moves more than that.
    waiting = (moves++ % 900) + 1;
    wait(workspace, waiting, 'queue:ventas');
    await workspace.events.moved(null, inTeam('ventas'));
  }
  await Promise.all(crowd.map((client) => becomes(client, { unassigned: waiting })));
  // The first at once, and one for each second begun since.
  const most = 2 + Math.floor(seconds());
  expect(moves).toBeGreaterThan(most);
  for (const told of tellings()) expect(told).toBeLessThanOrEqual(most);
  // Two replicas ask, each for the one key that changed, however many listen.
  const questions = askedOf(workspace).slice(asked);
  expect(questions.length).toBeLessThanOrEqual(2 * most);
  for (const keys of questions) expect(keys).toEqual(['queue:ventas']);
});

it('what changes is told to those whose counts changed, and to nobody of another workspace', async () => {
  const [workspace, other] = [new Workspace(system), new Workspace(system)];
  const [ventas, soporte, boss] = [await system.connect(workspace.hire('v', { teamIds: ['ventas'] })), await system.connect(workspace.hire('s', { teamIds: ['soporte'] })), await system.connect(workspace.hire('b', { role: 'admin' }))];
  const neighbour = await system.connect(other.hire('vecina', { role: 'admin', teamIds: ['ventas'] }));
  await Promise.all([ventas, soporte, boss, neighbour].map((client) => becomes(client, {})));
  const before = askedOf(other).length;
  wait(workspace, 1, 'queue:ventas', 'all');
  await workspace.events.moved(null, inTeam('ventas'));
  await Promise.all([becomes(ventas, { unassigned: 1 }), becomes(boss, { unassigned: 1 })]);
  await workspace.events.entry(inTeam('soporte'), inTeam('soporte'));
  await Promise.all([workspace.settle(soporte), other.settle(neighbour)]);
  expect([soporte, neighbour].map(({ counts }) => counts.length)).toEqual([1, 1]);
  expect(askedOf(other)).toHaveLength(before);
});

it('follows a change of teams or role', async () => {
  const workspace = new Workspace(system);
  wait(workspace, 2, 'queue:ventas');
  wait(workspace, 3, 'queue:soporte');
  wait(workspace, 9, 'all');
  const ana = workspace.hire('ana', { teamIds: ['ventas'] });
  const clients = [await system.connect(ana), await system.connect(ana, { replica: 1 })];
  const become = (unassigned: number) => Promise.all(clients.map((client) => becomes(client, { unassigned })));
  await become(2);
  await system.services.change(ana, { teamIds: ['soporte'] });
  await become(3);
  await system.services.change(ana, { role: 'supervisor' });
  await become(9);
});

it('goes on being asked while the owner is away, and is told when it is back', async () => {
  const workspace = new Workspace(system);
  const client = await system.connect(workspace.hire('ana'));
  await becomes(client, {});
  system.services.refusesCounting = true;
  try {
    const asked = askedOf(workspace).length;
    wait(workspace, 5, 'queue:-');
    await workspace.events.moved(null, everyone);
    await eventually(() => expect(askedOf(workspace).length).toBeGreaterThan(asked + 1), patienceMs);
    expect(client.counts).toEqual([none]);
  } finally {
    system.services.refusesCounting = false;
  }
  await becomes(client, { unassigned: 5 });
});

it('nothing is asked for nor remembered of a workspace whose agents have gone', async () => {
  const workspace = new Workspace(system);
  const ana = workspace.hire('ana', { teamIds: ['ventas'] });
  const client = await system.connect(ana);
  await becomes(client, {});
  client.close();
  await eventually(() => expect(system.services.reports.flatMap(({ agents }) => agents).findLast(({ agentId }) => agentId === ana.id)).toMatchObject({ connected: false }), patienceMs);
  const asked = askedOf(workspace).length;
  wait(workspace, 4, 'queue:ventas');
  await workspace.events.moved(null, inTeam('ventas'));
  const back = await system.connect(ana);
  await becomes(back, { unassigned: 4 });
  expect(askedOf(workspace).slice(asked)).toEqual([[`agent:${ana.id}`, 'queue:-', 'queue:ventas']]);
});

it('after a loss of events everything is counted again', async () => {
  const workspace = new Workspace(system);
  const clients = [await system.connect(workspace.hire('ana')), await system.connect(workspace.hire('eva'), { replica: 1 })];
  await Promise.all(clients.map((client) => becomes(client, {})));
  // Its event is one of those that are lost.
  wait(workspace, 6, 'queue:-');
  await (await jetstreamManager(system.services.nats)).streams.delete('INTERNAL');
  await ensureStreams(system.services.nats);
  await Promise.all(clients.map((client) => client.hear('resync_required', { reason: 'events-lost' })));
  await Promise.all(clients.map((client) => becomes(client, { unassigned: 6 })));
});
