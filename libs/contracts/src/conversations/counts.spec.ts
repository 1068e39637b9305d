import * as fc from 'fast-check';
import { assignedBound, countBound, type CountKey, countKey, countKeysOf, type KeyCounts, ownBound, queueOf, trayCountsOf } from './counts.js';

const place = (key: CountKey, bot: number, unassigned: number, assigned: number): KeyCounts => ({ key, bot, unassigned, assigned });
const own = (id: string, queues: Record<string, number>, unread = 0): KeyCounts => ({
  key: countKey.agent(id),
  queues: Object.entries(queues).map(([queue, count]) => ({ queue, count })),
  unread,
});
const known = (...counts: KeyCounts[]): Map<CountKey, KeyCounts> => new Map(counts.map((one) => [one.key, one]));

const ana = { id: 'ana', role: 'agent', teamIds: ['ventas', 'soporte'] } as const;
const boss = { id: 'boss', role: 'supervisor', teamIds: ['ventas'] } as const;

describe('an agent’s counts', () => {
  it('are of their own teams’ conversations, those of no team, and whatever is assigned to them', () => {
    expect(countKeysOf(ana)).toEqual(['queue:-', 'queue:ventas', 'queue:soporte', 'agent:ana']);
    expect(countKeysOf({ ...ana, teamIds: [] })).toEqual(['queue:-', 'agent:ana']);
    const counted = known(place('queue:-', 1, 2, 3), place('queue:ventas', 10, 20, 30), place('queue:soporte', 100, 200, 300), own('ana', { ventas: 4, otra: 5 }, 6));
    expect(trayCountsOf(countKeysOf(ana), counted)).toEqual({ bot: 111, unassigned: 222, mine: 9, agents: 329, mineUnread: 6 });
  });

  it.each(['supervisor', 'admin'] as const)('are of all of the workspace for a %s', (role) => {
    expect(countKeysOf({ ...boss, role })).toEqual(['all', 'agent:boss']);
    const counted = known(place('all', 1, 2, 9), own('boss', { '-': 1, ventas: 1, otra: 2 }, 3));
    expect(trayCountsOf(countKeysOf({ ...boss, role }), counted)).toEqual({ bot: 1, unassigned: 2, mine: 4, agents: 5, mineUnread: 3 });
  });

  it('are not known while one of their keys is not', () => {
    expect(trayCountsOf(countKeysOf(boss), known(place('all', 1, 2, 3)))).toBeNull();
    expect(trayCountsOf(countKeysOf(boss), known(own('boss', {})))).toBeNull();
  });

  it('are never below zero, though their own was counted after its queue', () => {
    expect(trayCountsOf(countKeysOf(boss), known(place('all', 0, 0, 0), own('boss', { '-': 1 })))).toMatchObject({ mine: 1, agents: 0 });
  });

  it('say which notes wait for them, of what they may see: their own wherever they are, the others by queue; nothing where none do', () => {
    const places = [place('queue:-', 0, 0, 0), place('queue:ventas', 0, 0, 0), place('queue:soporte', 0, 0, 0), place('all', 0, 0, 0)];
    const named = (id: string): KeyCounts => ({ ...own(id, {}), mentions: { own: 1, queues: [{ queue: '-', count: 2 }, { queue: 'ventas', count: 4 }, { queue: 'otra', count: 8 }] } });
    const of = (agent: typeof ana | typeof boss, counts: KeyCounts): number | undefined => trayCountsOf(countKeysOf(agent), known(...places, counts))?.mentioned;
    expect(of(ana, named('ana'))).toBe(7);
    expect(of(boss, named('boss'))).toBe(15);
    expect(trayCountsOf(countKeysOf(ana), known(...places, own('ana', {})))).not.toHaveProperty('mentioned');
    expect(of(ana, { ...own('ana', {}), mentions: { own: 0, queues: [{ queue: 'otra', count: 1 }] } })).toBeUndefined();
    expect(of(boss, { ...own('boss', {}), mentions: { own: 700, queues: [{ queue: 'otra', count: 700 }] } })).toBe(1_000);
  });

  it('are exact below 1,000, and 1,000 where there are more, whatever the bounds of their parts', () => {
    const some = fc.oneof(fc.nat(30), fc.integer({ min: 900, max: 1_100 }), fc.nat(6_000));
    const teams = ['-', 'ventas', 'soporte', 'otra'];
    const anyQueue = fc.record({ bot: some, unassigned: some, others: some, mine: fc.oneof(fc.nat(5), fc.nat(480)) });
    fc.assert(
      fc.property(fc.constantFrom(ana, boss), fc.tuple(anyQueue, anyQueue, anyQueue, anyQueue), (agent, queues) => {
        const truth = Object.fromEntries(teams.map((team, index) => [team, queues[index]!]));
        const total = (of: keyof (typeof queues)[0], where: readonly string[]): number => where.reduce((sum, team) => sum + truth[team]![of], 0);
        const counted = (key: CountKey, where: readonly string[]): KeyCounts =>
          place(key, Math.min(countBound, total('bot', where)), Math.min(countBound, total('unassigned', where)), Math.min(assignedBound, total('others', where) + total('mine', where)));
        const mine = own(agent.id, Object.fromEntries(teams.map((team) => [team, truth[team]!.mine])), total('mine', teams));
        const seen = agent === boss ? teams : [null, ...agent.teamIds].map(queueOf);
        const keys = known(counted('all', teams), ...teams.map((team) => counted(`queue:${team}`, [team])), mine);
        expect(total('mine', teams)).toBeLessThan(ownBound);
        expect(trayCountsOf(countKeysOf(agent), keys)).toEqual({
          bot: Math.min(1_000, total('bot', seen)),
          unassigned: Math.min(1_000, total('unassigned', seen)),
          agents: Math.min(1_000, total('others', seen)),
          mine: Math.min(1_000, total('mine', teams)),
          mineUnread: Math.min(1_000, total('mine', teams)),
        });
      }),
      { seed: 4 },
    );
  });
});
