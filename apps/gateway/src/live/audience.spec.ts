import type { Audience, ConversationEvent, Role } from '@relevo/contracts';
import { deliveriesOf, type Delivery, type InternalEvent, type ViewOf } from './audience.js';
import { roomsOf, type Sight } from './rooms.js';

const workspaceId = 'w1';
const cursor = 'e.7';
const teams = [null, 't1', 't2'];
const assignees = [null, 'ana', 'beto'];
const audiences: Audience[] = teams.flatMap((teamId) => assignees.map((assigneeId) => ({ teamId, assigneeId })));
const sights: Sight[] = (['agent', 'supervisor', 'admin'] as const satisfies Role[]).flatMap((role) =>
  [[], ['t1'], ['t2'], ['t1', 't2']].map((teamIds) => ({ role, teamIds })),
);

/** The product rule "Sight", said in its own words. */
const maySee = (agentId: string, { role, teamIds }: Sight, { teamId, assigneeId }: Audience): boolean =>
  role !== 'agent' || teamId === null || teamIds.includes(teamId) || assigneeId === agentId;

const viewOf: ViewOf = (_, agent) => ({ ...agent, status: 'away', activeCount: 2 });

const conversationEvent = (before: Audience | null, after: Audience, workspace = workspaceId): ConversationEvent => ({
  noun: 'conversation',
  workspaceId: workspace,
  entry: { conversationId: 'c1', seq: 3 } as ConversationEvent['entry'],
  conversation: { id: 'c1' } as ConversationEvent['conversation'],
  before,
  after,
});

/** Names of the events that a socket in these rooms gets. */
const received = (deliveries: Delivery[], rooms: string[]): string[] =>
  deliveries.filter(({ to, except }) => rooms.some((r) => to.includes(r)) && !rooms.some((r) => except.includes(r))).map(({ event }) => event);

describe('audience of a conversation event', () => {
  const cases = sights.flatMap((sight) => ['ana', 'carla'].map((agentId) => ({ agentId, sight })));

  it.each(cases)('$agentId with $sight gets exactly what Sight allows, for every before and after', ({ agentId, sight }) => {
    for (const before of [null, ...audiences]) {
      for (const after of audiences) {
        const expected = maySee(agentId, sight, after)
          ? ['timeline.entry']
          : before && maySee(agentId, sight, before)
            ? ['conversation.removed']
            : [];
        const got = received(deliveriesOf(conversationEvent(before, after), cursor, viewOf), roomsOf(workspaceId, agentId, sight));
        expect({ before, after, got }).toEqual({ before, after, got: expected });
      }
    }
  });

  it('never crosses the border of a workspace', () => {
    for (const { agentId, sight } of cases) {
      for (const after of audiences) {
        const deliveries = deliveriesOf(conversationEvent(null, after, 'w2'), cursor, viewOf);
        expect(received(deliveries, roomsOf(workspaceId, agentId, sight))).toEqual([]);
      }
    }
  });

  it('carries the entry to those who see it, and only its place to those who no longer do', () => {
    const event = conversationEvent({ teamId: 't1', assigneeId: null }, { teamId: 't2', assigneeId: null });
    const [happened, removed] = deliveriesOf(event, cursor, viewOf);
    expect(happened?.payload).toEqual({ cursor, conversationId: 'c1', seq: 3, entry: event.entry, conversation: event.conversation });
    expect(removed?.payload).toEqual({ cursor, conversationId: 'c1', seq: 3 });
  });
});

describe('audience of other events', () => {
  const rooms = roomsOf(workspaceId, 'ana', { role: 'agent', teamIds: [] });
  const events = [
    [{ noun: 'tag', workspaceId, tag: { id: 'x' } }, 'tag.updated', { cursor, tag: { id: 'x' } }],
    [{ noun: 'attribute', workspaceId, attribute: { key: 'x' } }, 'attribute.updated', { cursor, attribute: { key: 'x' } }],
    [{ noun: 'customer', workspaceId, customer: { id: 'x' } }, 'customer.updated', { cursor, customer: { id: 'x' } }],
    [{ noun: 'agent', workspaceId, agent: { id: 'x' } }, 'agent.updated', { cursor, agent: { id: 'x', status: 'away', activeCount: 2 } }],
    [{ noun: 'team', workspaceId, team: { id: 'x' } }, 'team.updated', { cursor, team: { id: 'x' } }],
  ] as unknown as [InternalEvent, string, object][];

  it.each(events)('%j reaches everyone of the workspace', (event, name, payload) => {
    const deliveries = deliveriesOf(event, cursor, viewOf);
    expect(received(deliveries, rooms)).toEqual([name]);
    expect(deliveries[0]?.payload).toEqual(payload);
    expect(received(deliveries, roomsOf('w2', 'ana', { role: 'admin', teamIds: [] }))).toEqual([]);
  });

  it('workspace events are nobody’s', () => {
    expect(deliveriesOf({ noun: 'workspace', workspaceId } as unknown as InternalEvent, cursor, viewOf)).toEqual([]);
  });
});
