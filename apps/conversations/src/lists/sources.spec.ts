import fc from 'fast-check';
import { anAgent, ConversationStory } from '../../test/a-conversation.js';
import type { ConversationState } from '../conversation/conversation.js';
import { accepts, type ListFilters, sourcesOf } from './sources.js';

const ana = anAgent('ana', { teamIds: ['ventas'] });
const boss = anAgent('boss', { role: 'supervisor' });
const filters: ListFilters = { tray: 'unassigned', status: 'active', sort: 'waiting' };

it('asks once per visible team, and once for the teamless', () => {
  expect(sourcesOf(ana, filters)).toEqual([
    { workspaceId: 'sur', status: 'active', tray: 'unassigned', queue: '-' },
    { workspaceId: 'sur', status: 'active', tray: 'unassigned', queue: 'ventas' },
  ]);
});

it('asks once per tray for whoever sees all', () => {
  expect(sourcesOf(boss, { ...filters, tray: 'agents' })).toEqual([{ workspaceId: 'sur', status: 'active', tray: 'assigned' }]);
  expect(sourcesOf(boss, { ...filters, tray: 'all' })).toHaveLength(3);
});

it('asks nothing of teams that are not theirs', () => {
  expect(sourcesOf(ana, { ...filters, teamId: 'soporte' })).toEqual([]);
  expect(sourcesOf(ana, { ...filters, tray: 'all', teamId: 'soporte' })).toEqual([{ workspaceId: 'sur', status: 'active', assigneeId: 'ana' }]);
});

it('asks of active and of closed for all', () => {
  expect(sourcesOf(boss, { ...filters, tray: 'all', status: 'all', tagId: 'vip' })).toEqual([
    { workspaceId: 'sur', status: 'active', tagIds: 'vip' },
    { workspaceId: 'sur', status: 'closed', tagIds: 'vip' },
  ]);
});

it('asks for what names the agent, active and closed, by what names them alone', () => {
  expect(sourcesOf(ana, { ...filters, tray: 'all', status: 'all', mentioned: true, tagId: 'vip' })).toEqual(
    ['active', 'closed'].map((status) => ({ workspaceId: 'sur', status, hasMentions: true, 'mentions.agentId': 'ana' })),
  );
});

it('asks nothing of what no conversation can be', () => {
  expect(sourcesOf(boss, { ...filters, status: 'closed', unread: true })).toEqual([]);
  expect(sourcesOf(boss, { ...filters, status: 'closed', idleSince: new Date() })).toEqual([]);
});

describe('every list', () => {
  /** Conversations of all sorts, as histories make them. */
  const conversation: fc.Arbitrary<ConversationState> = fc
    .record({
      teamId: fc.constantFrom(null, 'ventas', 'soporte'),
      startsIn: fc.constantFrom('bot' as const, 'unassigned' as const),
      assignee: fc.constantFrom(null, ana, anAgent('beto', { teamIds: ['ventas', 'soporte'] })),
      wrote: fc.boolean(),
      marked: fc.boolean(),
      tagged: fc.boolean(),
      mentioned: fc.boolean(),
      closed: fc.boolean(),
      outbound: fc.boolean(),
    })
    .map(({ teamId, startsIn, assignee, wrote, marked, tagged, mentioned, closed, outbound }) => {
      const story = ConversationStory.opened({ teamId, startsIn });
      if (wrote) story.writes();
      if (assignee) {
        story.does({ type: 'transfer', agent: boss, target: { kind: 'agent', agent: { id: assignee.id, teamIds: assignee.teamIds as string[], status: 'online' } }, note: null, force: false });
        if (marked) story.does({ type: 'mark-unread', agent: assignee });
      }
      if (tagged) story.does({ type: 'tag', agent: boss, tagId: 'vip', tag: { archived: false } });
      if (mentioned) story.does({ type: 'note', agent: boss, text: 'ojo', mentions: ['ana', 'beto'], blind: [] });
      if (closed) story.does({ type: 'close', agent: boss });
      return { ...story.now, direction: outbound ? ('outbound' as const) : ('inbound' as const) };
    });

  const anyFilters: fc.Arbitrary<ListFilters> = fc.record(
    {
      tray: fc.constantFrom('unassigned' as const, 'mine' as const, 'agents' as const, 'bot' as const, 'all' as const),
      status: fc.constantFrom('active' as const, 'closed' as const, 'all' as const),
      sort: fc.constantFrom('waiting' as const, 'activity' as const, 'assigned' as const),
      direction: fc.constantFrom('inbound' as const, 'outbound' as const),
      teamId: fc.constantFrom('ventas', 'soporte'),
      tagId: fc.constant('vip'),
      assigneeId: fc.constantFrom('ana', 'beto'),
      customerId: fc.constantFrom('lucia', 'otra'),
      unread: fc.boolean(),
      mentioned: fc.boolean(),
    },
    { requiredKeys: ['tray', 'status', 'sort'] },
  );

  /** Of a list, what is so called in each of it. */
  const within = (at: unknown, key: string): unknown => (Array.isArray(at) ? at.map((one) => within(one, key)) : (at as Record<string, unknown> | undefined)?.[key]);

  /** What the database makes of a source. */
  const isIn = (state: ConversationState, source: Readonly<Record<string, unknown>>): boolean =>
    Object.entries(source).every(([path, wanted]) => {
      const value = path.split('.').reduce(within, state);
      if (typeof wanted === 'object' && wanted !== null && '$lt' in wanted) return (value as number) < (wanted.$lt as number);
      return Array.isArray(value) ? value.includes(wanted) : value === wanted;
    });

  it('finds in its sources whatever it accepts', () => {
    let accepted = 0;
    fc.assert(
      fc.property(conversation, anyFilters, fc.constantFrom(ana, boss), (state, asked, agent) => {
        if (!accepts(agent, asked, state)) return;
        accepted += 1;
        expect(sourcesOf(agent, asked).some((source) => isIn(state, source))).toBe(true);
      }),
      { seed: 20260103, numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
