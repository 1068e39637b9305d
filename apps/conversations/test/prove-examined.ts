import { type AgentActor, assignedBound, type ConversationSort, conversationSorts, countBound, type ListTray, ownBound, queueOf, type Status, trays } from '@relevo/contracts';
import type { Projection } from '@relevo/journal';
import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import type { ConversationState } from '../src/conversation/conversation.js';
import { ConversationJournal } from '../src/conversation/conversation.journal.js';
import { ConversationLists } from '../src/lists/conversation-lists.js';
import type { Position } from '../src/lists/position.js';
import type { ListFilters, Source } from '../src/lists/sources.js';
import { anAgent } from './a-conversation.js';
import { agentOf, type CrowdSize, crowdWorkspace as workspaceId, customerOf, storeCrowd, tagOf, teamOf } from './a-crowd.js';
import { explain, faultsOf } from './explained.js';

const page = 25;

/** Rows that a request looks at where no index answers its filters. */
const mostExamined = 1_000;

const longMs = 1_200_000;

const agents: readonly (readonly [string, AgentActor])[] = [
  ['an agent of several teams', anAgent(agentOf(0), { workspaceId, teamIds: [teamOf(0), teamOf(1)] })],
  ['an agent of no team', anAgent(agentOf(1), { workspaceId })],
  ['a supervisor', anAgent('boss', { workspaceId, role: 'supervisor' })],
];

const filters = {
  nothing: {},
  'what came in': { direction: 'inbound' },
  'what went out': { direction: 'outbound' },
  team: { teamId: teamOf(1) },
  tag: { tagId: tagOf(0) },
  assignee: { assigneeId: agentOf(2) },
  customer: { customerId: customerOf(0) },
  unread: { unread: true },
  read: { unread: false },
  mentioned: { mentioned: true },
  closing: {},
} satisfies Record<string, Partial<ListFilters>>;

/** Whether indexes hold just what the list shows, but for a row here and there. */
function isAnswered({ role, teamIds }: AgentActor, by: keyof typeof filters, { tray, status, sort, teamId }: ListFilters): boolean {
  switch (by) {
    case 'nothing':
      return true;
    case 'team':
      return tray !== 'mine' && (role === 'supervisor' || (teamId !== undefined && teamIds.includes(teamId)));
    case 'what went out':
    case 'tag':
    case 'mentioned':
    case 'assignee':
    case 'customer':
      return tray === 'all' && role === 'supervisor';
    case 'unread':
      return status === 'closed' || (sort === 'waiting' && tray !== 'all' && tray !== 'bot');
    case 'closing':
      return status === 'closed' || sort === 'activity';
    case 'what came in':
    case 'read':
      return false;
  }
}

/** Asserts of a workspace of that size that whatever is asked of it is read from an index, and how much of it at most. */
export function proveExamined(size: CrowdSize): void {
  let replicas: Replicas;
  let journal: ConversationJournal;
  let lists: ConversationLists;
  const inOrder = jest.spyOn(ConversationJournal.prototype, 'inOrder');

  beforeAll(async () => {
    replicas = await startReplicas({ service: 'conversations', compose, count: 1 });
    journal = replicas.apps[0]!.get(ConversationJournal);
    lists = replicas.apps[0]!.get(ConversationLists);
    await storeCrowd(stored(), size);
  }, longMs);

  afterAll(() => replicas?.stop());

  const stored = () => replicas.database.collection<Projection<ConversationState>>('conversation_projection');

  /** Half of what has that status stands before it. */
  async function middleOf(status: Status, sort: ConversationSort): Promise<Position> {
    const places = await stored().find({ workspaceId, status }, { projection: { [`orders.${sort}`]: 1 } }).toArray();
    const inOrder = places.map(({ _id, orders }): Position => ({ order: orders[sort], id: _id })).sort((a, b) => a.order - b.order);
    return inOrder[Math.floor(inOrder.length / 2)]!;
  }

  /** Faults by the kind of query: what differs in a value alone has the same plan. */
  const known = new Map<string, Promise<string[]>>();
  function faultsOfQuery(source: Source, sort: ConversationSort, position: Position | null, limit: number): Promise<string[]> {
    const kind = `${String(source['status'])} by ${Object.keys(source).join(', ')} in the order ${sort}, ${position ? 'from the middle' : 'first'}, ${limit}`;
    const faults = known.get(kind) ?? explain(journal.inOrderQuery(source, sort, position, limit)).then((explained) => faultsOf(kind, explained, limit));
    known.set(kind, faults);
    return faults;
  }

  /** What is wrong with what a page asks of the database. */
  async function faultsOfPage(agent: AgentActor, by: keyof typeof filters, list: ListFilters, from: Position | null): Promise<string[]> {
    inOrder.mockClear();
    await lists.page(agent, list, from, page);
    const queries = inOrder.mock.calls;
    const found = await Promise.all(inOrder.mock.results.map(({ value }) => value as ReturnType<ConversationJournal['inOrder']>));
    const examined = found.reduce((sum, rows) => sum + rows.length, 0);
    const sources = new Set(queries.map(([source]) => source)).size;
    // Sources may share rows, and have one that is skipped: then one is read once more.
    const most = isAnswered(agent, by, list) ? (sources + 2) * (page + 1) : mostExamined;
    const faults = await Promise.all(queries.map((query) => faultsOfQuery(...query)));
    return [...faults.flat(), ...(examined > most ? [`${list.tray} by ${by}: ${examined} rows of ${sources} queries instead of ${most}`] : [])];
  }

  describe.each(conversationSorts)('lists in the order %s', (sort) => {
    describe.each(['active', 'closed'] as const)('of what is %s', (status) => {
      it.each(agents)('are read from an index for %s, whatever the tray and filter, on any page', async (_, agent) => {
        const middle = await middleOf(status, sort);
        const idleSince = new Date(2 ** 52 - (await middleOf(status, 'activity')).order);
        const faults: string[] = [];
        for (const tray of ['unassigned', 'mine', 'agents', 'bot', 'all'] satisfies ListTray[]) {
          for (const by of Object.keys(filters) as (keyof typeof filters)[]) {
            const list: ListFilters = { tray, status, sort, ...filters[by], ...(by === 'closing' && { idleSince }) };
            for (const from of [null, middle]) faults.push(...(await faultsOfPage(agent, by, list, from)));
          }
        }
        expect([...new Set(faults)]).toEqual([]);
      }, longMs);
    });
  });

  it.each(trays)('a counter of the tray %s reads as much as there is, up to its bound', async (tray) => {
    for (const where of [{}, { queue: queueOf(null) }, { queue: teamOf(0) }]) {
      const source = { workspaceId, status: 'active' as const, tray, ...where };
      const bound = tray === 'assigned' ? assignedBound : countBound;
      const there = await stored().countDocuments(source);
      expect(faultsOf(`${there} in ${JSON.stringify(where)}`, await explain(journal.countQuery(source, bound)), Math.min(there, bound))).toEqual([]);
    }
  }, longMs);

  it("a counter of an agent's own reads what they have", async () => {
    const there = await stored().countDocuments({ workspaceId, status: 'active', assigneeId: agentOf(0) });
    expect(faultsOf(`${there} of theirs`, await explain(journal.ownQuery(workspaceId, agentOf(0), ownBound)), Math.min(there, ownBound))).toEqual([]);
  }, longMs);

  it.each([0, 1])('a counter of what names agent %i in notes reads what does', async (n) => {
    const there = await stored().countDocuments({ workspaceId, 'mentions.agentId': agentOf(n) });
    expect(there > 0).toBe(n === 0);
    expect(faultsOf(`${there} of theirs`, await explain(journal.mentioningQuery(workspaceId, agentOf(n), ownBound)), Math.min(there, ownBound))).toEqual([]);
  }, longMs);

  it.each(trays)('the closing job reads of the tray %s what is due, however much is open', async (tray) => {
    const oldestFirst = await stored().find({ workspaceId, status: 'active', tray }, { sort: { lastInteractionAt: 1 }, projection: { lastInteractionAt: 1 } }).toArray();
    const batch = 100;
    for (const due of [0, 1, Math.floor(oldestFirst.length / 2), oldestFirst.length]) {
      const since = due === 0 ? new Date(0) : oldestFirst[due - 1]!.lastInteractionAt;
      const explained = await explain(journal.idleSinceQuery(workspaceId, tray, since, batch));
      expect(faultsOf(`${due} due`, explained, Math.min(due, batch))).toEqual([]);
    }
  }, longMs);
}
