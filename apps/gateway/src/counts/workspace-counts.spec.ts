import { type CountKey, countKeysOf, type KeyCounts, type TrayCounts } from '@relevo/contracts';
import type { Sight } from '../live/rooms.js';
import { type Listener, WorkspaceCounts } from './workspace-counts.js';

class Client implements Listener {
  connected = true;
  readonly heard: TrayCounts[] = [];
  readonly data: { identity: { agentId: string }; sight: Sight; counts?: TrayCounts };

  constructor(agentId: string, sight: Partial<Sight> = {}) {
    this.data = { identity: { agentId }, sight: { role: 'agent', teamIds: [], ...sight } };
  }

  get keys(): CountKey[] {
    return countKeysOf({ id: this.data.identity.agentId, ...this.data.sight });
  }

  emit(_: string, counts: TrayCounts): void {
    this.heard.push(counts);
  }
}

/** A workspace whose counts and connected clients a test sets; answers are the counts as they are when it is asked. */
function scene(...clients: Client[]) {
  const connected = new Set(clients);
  const store = new Map<CountKey, KeyCounts>();
  const asked: CountKey[][] = [];
  const of = (key: CountKey): Client[] => [...connected].filter(({ keys }) => keys.includes(key));
  const ask = jest.fn((keys: CountKey[]) => {
    asked.push(keys);
    return Promise.resolve(keys.map((key): KeyCounts => store.get(key) ?? (key.startsWith('agent:') ? { key, queues: [], unread: 0 } : { key, bot: 0, unassigned: 0, assigned: 0 })));
  });
  const counts = new WorkspaceCounts({ has: (key) => of(key).length > 0, of }, ask);
  const joins = (client: Client): void => {
    connected.add(client);
    counts.welcome(client);
  };
  const leaves = (client: Client): void => {
    client.connected = false;
    connected.delete(client);
    counts.leave(client);
  };
  const queue = (key: CountKey, unassigned: number): void => void store.set(key, { key, bot: 0, unassigned, assigned: 0 });
  const own = (agentId: string, mine: number, unread = 0): void => void store.set(`agent:${agentId}`, { key: `agent:${agentId}`, queues: [{ queue: '-', count: mine }], unread });
  for (const client of clients) counts.welcome(client);
  return { counts, store, asked, ask, joins, leaves, queue, own };
}

const unassigned = ({ heard }: Client): number[] => heard.map((counts) => counts.unassigned);

it('a newcomer is told once, though nothing changes; another of the same keys costs their own alone', async () => {
  const [ana, eva] = [new Client('ana', { teamIds: ['ventas'] }), new Client('eva', { teamIds: ['ventas'] })];
  const { counts, asked, joins, queue } = scene(ana);
  queue('queue:ventas', 2);
  await counts.round();
  await counts.round();
  expect([asked, unassigned(ana)]).toEqual([[['queue:-', 'queue:ventas', 'agent:ana']], [2]]);
  joins(eva);
  await counts.round();
  expect([asked.at(-1), unassigned(eva), unassigned(ana)]).toEqual([['agent:eva'], [2], [2]]);
});

it('a round asks for what was touched and somebody here needs, and tells those whose counts differ', async () => {
  const [ana, eva, boss] = [new Client('ana', { teamIds: ['ventas'] }), new Client('eva', { teamIds: ['soporte'] }), new Client('boss', { role: 'supervisor' })];
  const { counts, asked, queue } = scene(ana, eva, boss);
  await counts.round();
  expect(counts.touch({ keys: ['queue:otra', 'agent:nadie'] })).toBe(false);
  expect(counts.touch({ keys: ['all', 'queue:ventas'] })).toBe(true);
  queue('queue:ventas', 1);
  await counts.round();
  expect(asked.at(-1)?.sort()).toEqual(['all', 'queue:ventas']);
  expect([unassigned(ana), unassigned(eva), unassigned(boss)]).toEqual([[0, 1], [0], [0]]);
});

it('what is touched while it is asked for is asked for again', async () => {
  const ana = new Client('ana');
  const { counts, asked, ask, queue } = scene(ana);
  await counts.round();
  counts.touch({ keys: ['queue:-'] });
  const answer = Promise.withResolvers<KeyCounts[]>();
  ask.mockReturnValueOnce(answer.promise);
  const round = counts.round();
  queue('queue:-', 5);
  expect(counts.touch({ keys: ['queue:-'] })).toBe(true);
  answer.resolve([{ key: 'queue:-', bot: 0, unassigned: 4, assigned: 0 }]);
  await round;
  await counts.round();
  expect([asked.at(-1), unassigned(ana)]).toEqual([['queue:-'], [0, 4, 5]]);
});

it('what only makes something read costs nothing for who has nothing unread, unless that is being asked', async () => {
  const ana = new Client('ana');
  const { counts, ask, own } = scene(ana);
  own('ana', 1);
  await counts.round();
  const read = { keys: ['agent:ana'], onlyReads: true } as const;
  expect(counts.touch(read)).toBe(false);
  counts.touch({ keys: ['agent:ana'] });
  const answer = Promise.withResolvers<KeyCounts[]>();
  ask.mockReturnValueOnce(answer.promise);
  const round = counts.round();
  expect(counts.touch(read)).toBe(true);
  answer.resolve([{ key: 'agent:ana', queues: [{ queue: '-', count: 1 }], unread: 1 }]);
  await round;
  await counts.round();
  expect(ana.heard.map(({ mineUnread }) => mineUnread)).toEqual([0, 1, 0]);
  own('ana', 1, 1);
  counts.touch({ keys: ['agent:ana'] });
  await counts.round();
  expect(counts.touch(read)).toBe(true);
});

it('what only makes something seen concerns whoever has notes to see', async () => {
  const ana = new Client('ana');
  const { counts, store } = scene(ana);
  const seen = { keys: ['agent:ana'], onlyReads: true } as const;
  store.set('agent:ana', { key: 'agent:ana', queues: [], unread: 0, mentions: { own: 0, queues: [{ queue: '-', count: 2 }, { queue: 'otra', count: 1 }] } });
  await counts.round();
  expect(counts.touch(seen)).toBe(true);
  store.delete('agent:ana');
  await counts.round();
  expect(counts.touch(seen)).toBe(false);
  expect(ana.heard.map(({ mentioned }) => mentioned)).toEqual([2, undefined]);
});

it('a question that fails leaves all of it due, newcomers too', async () => {
  const [ana, eva] = [new Client('ana'), new Client('eva')];
  const { counts, asked, ask, joins, queue } = scene(ana);
  await counts.round();
  counts.touch({ keys: ['queue:-'] });
  queue('queue:-', 3);
  joins(eva);
  ask.mockRejectedValueOnce(new Error('away'));
  await expect(counts.round()).rejects.toThrow('away');
  expect([unassigned(ana), unassigned(eva)]).toEqual([[0], []]);
  await counts.round();
  expect(asked.at(-1)?.sort()).toEqual(['agent:eva', 'queue:-']);
  expect([unassigned(ana), unassigned(eva)]).toEqual([[0, 3], [3]]);
});

it('many keys are asked for in parts, and what came before a part that failed is told all the same, later', async () => {
  const crowd = Array.from({ length: 150 }, (_, index) => new Client(`agent${index}`));
  const { counts, asked, ask, own } = scene(...crowd);
  await counts.round();
  expect(asked.map(({ length }) => length)).toEqual([100, 51]);
  for (const { data } of crowd) own(data.identity.agentId, 1);
  counts.touch({ keys: crowd.map(({ keys }) => keys.at(-1)!) });
  ask.mockImplementationOnce((keys) => Promise.resolve(keys.map((key): KeyCounts => ({ key, queues: [{ queue: '-', count: 1 }], unread: 0 })))).mockRejectedValueOnce(new Error('away'));
  await expect(counts.round()).rejects.toThrow('away');
  await counts.round();
  expect(crowd.map(({ heard }) => heard.map(({ mine }) => mine))).toEqual(crowd.map(() => [0, 1]));
});

it('what was touched while nobody needed it is not believed when somebody does again', async () => {
  const [ana, eva] = [new Client('ana', { teamIds: ['ventas'] }), new Client('eva')];
  const { counts, asked, joins, leaves, queue } = scene(ana, eva);
  await counts.round();
  leaves(ana);
  expect(counts.touch({ keys: ['queue:ventas'] })).toBe(false);
  queue('queue:ventas', 7);
  const again = new Client('ana', { teamIds: ['ventas'] });
  joins(again);
  await counts.round();
  expect([asked.at(-1)?.sort(), unassigned(again)]).toEqual([['agent:ana', 'queue:ventas'], [7]]);
});

it('after a loss of events all that is known is asked for again', async () => {
  const ana = new Client('ana');
  const { counts, asked, queue } = scene(ana);
  await counts.round();
  queue('queue:-', 2);
  counts.doubt();
  await counts.round();
  expect([asked.at(-1)?.sort(), unassigned(ana)]).toEqual([['agent:ana', 'queue:-'], [0, 2]]);
});

it('who sees otherwise is told anew, from what they see now', async () => {
  const ana = new Client('ana', { teamIds: ['ventas'] });
  const { counts, asked, joins, queue } = scene(ana);
  queue('queue:ventas', 1);
  queue('queue:soporte', 1);
  await counts.round();
  ana.data.sight = { role: 'agent', teamIds: ['soporte'] };
  joins(ana);
  await counts.round();
  expect([asked.at(-1), unassigned(ana)]).toEqual([['queue:soporte'], [1, 1]]);
});

it('nobody is told who has gone, and nobody asked for', async () => {
  const ana = new Client('ana');
  const { counts, asked, leaves } = scene(ana);
  leaves(ana);
  await counts.round();
  expect([asked, ana.heard]).toEqual([[], []]);
});
