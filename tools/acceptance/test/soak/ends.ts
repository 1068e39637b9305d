import { isDeepStrictEqual } from 'node:util';
import { conversationSorts, type ConversationView, getCounts, listConversations, type ListTray, listTrays, statuses, type TrayCounts } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import { all, limit, readLists } from './reading.js';
import type { Name } from './schedule.js';
import { sightOf } from './session.js';
import { patienceMs, type Stage } from './stage.js';
import { sees } from './truth.js';

/** Every tray of what is active and of what is closed, and all at once. */
const lists = [...listTrays.flatMap((tray) => (tray === 'all' ? [] : statuses.map((status) => ({ tray, status })))), { tray: 'all', status: 'all' }] as const;

/** Whether at the end agents' lists hold what they may see, in every tray, and nothing else; and what is counted for them. */
export async function faultsOfEnds(stage: Stage, names: readonly Name[]): Promise<string[]> {
  const { conversations, agents } = await readLists(stage.admin[0]!);
  const faults = await Promise.all(
    names.map((who) => {
      const { agentId } = stage.people[who][0]!;
      const sight = sightOf(agents.find(({ id }) => id === agentId)!);
      return faultsOfLists(stage, who, conversations.filter((view) => sees(sight, agentId, view)));
    }),
  );
  return faults.flat();
}

async function faultsOfLists(stage: Stage, who: Name, visible: readonly ConversationView[]): Promise<string[]> {
  const { agentId } = stage.people[who][0]!;
  const faults = await Promise.all(
    lists.map(async ({ tray, status }, index) => {
      const client = stage.people[who][index % 2]!;
      const sort = conversationSorts[index % conversationSorts.length]!;
      const listed = await all((after) => client.call(listConversations, { tray, status, sort, limit, ...after }));
      const expected = visible.filter((view) => (status === 'all' || view.status === status) && isIn(tray, agentId, view));
      const [should, does] = [expected, listed].map((views) => views.map(({ id }) => id).sort().join());
      return should === does ? [] : [`${who}: ${tray}, ${status}, by ${sort} holds ${does} instead of ${should}`];
    }),
  );
  return [...faults.flat(), ...(await faultsOfCounts(stage, who, visible))];
}

/** Counters follow. */
async function faultsOfCounts({ people }: Stage, who: Name, visible: readonly ConversationView[]): Promise<string[]> {
  const [client] = people[who];
  const { agentId } = client!;
  const active = visible.filter(({ status }) => status === 'active');
  const count = (tray: ListTray): number => active.filter((view) => isIn(tray, agentId, view)).length;
  const mineUnread = active.filter((view) => isIn('mine', agentId, view) && (view.unread.count > 0 || view.unread.marked)).length;
  const mentioned = visible.filter(({ mentions = [] }) => mentions.some((one) => one.agentId === agentId)).length;
  const expected: TrayCounts = { unassigned: count('unassigned'), mine: count('mine'), agents: count('agents'), bot: count('bot'), mineUnread, ...(mentioned > 0 && { mentioned }) };
  try {
    await eventually(async () => {
      const counts = await client!.call(getCounts, {});
      if (!isDeepStrictEqual(counts, expected)) throw new Error(`${who}: counts ${JSON.stringify(counts)} instead of ${JSON.stringify(expected)}`);
    }, patienceMs);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

function isIn(list: ListTray, agentId: string, { tray, assigneeId }: ConversationView): boolean {
  switch (list) {
    case 'bot':
    case 'unassigned':
      return tray === list;
    case 'mine':
      return tray === 'assigned' && assigneeId === agentId;
    case 'agents':
      return tray === 'assigned' && assigneeId !== agentId;
    case 'all':
      return true;
  }
}
