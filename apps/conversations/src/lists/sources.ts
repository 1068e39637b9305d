import { type AgentActor, isSupervisor, type ListConversations, type ListTray, queueOf, type Status, type Tray } from '@relevo/contracts';
import type { ConversationState } from '../conversation/conversation.js';
import { canSee } from '../conversation/sight.js';
import { hasUnseen } from '../notes/mentions.js';
import { activityOrderOf, endOfWaiting } from './orders.js';

/** What a list is asked for, with its defaults. */
export type ListFilters = Required<Pick<ListConversations, 'tray' | 'status' | 'sort'>> &
  Pick<ListConversations, 'direction' | 'teamId' | 'tagId' | 'assigneeId' | 'customerId' | 'unread' | 'mentioned'> & {
    /** Only what is active without an interaction since then. */
    readonly idleSince?: Date;
  };

/** The equalities of one query that an index answers in the order asked for. */
export type Source = Readonly<Record<string, unknown>>;

/**
 * The queries that together hold all that the list may show. One for each visible team, and one for the teamless, because
 * a filter on several would be sorted in memory. They may overlap, and may hold more than the list: `accepts` decides.
 */
export const sourcesOf = (agent: AgentActor, filters: ListFilters): Source[] => storedStatuses(filters).flatMap((status) => sourcesIn(agent, status, filters));

function sourcesIn(agent: AgentActor, status: Status, { tray, sort, direction, teamId, tagId, assigneeId, customerId, unread, mentioned, idleSince }: ListFilters): Source[] {
  const idle = idleSince && sort === 'activity' ? { 'orders.activity': { $gte: activityOrderOf(idleSince) } } : {};
  const base = { workspaceId: agent.workspaceId, status, ...idle };
  if (mentioned === true) return [{ ...base, ...mentionsOf(agent.id) }];
  if (customerId !== undefined) return [{ ...base, 'customer.id': customerId }];
  if (tagId !== undefined) return [{ ...base, tagIds: tagId }];
  const waitingOnly = unread === true && sort === 'waiting' && tray !== 'bot' && tray !== 'all' ? { 'orders.waiting': { $lt: endOfWaiting } } : {};
  const owner = tray === 'mine' ? agent.id : assigneeId;
  if (owner !== undefined) return [{ ...base, assigneeId: owner, ...waitingOnly }];
  const places: Source[] = direction === 'outbound' ? [{ direction }] : storedTrays(tray).map((stored) => ({ tray: stored }));
  const byTeam = queuesOf(agent, teamId).flatMap((queue) => places.map((place) => ({ ...base, ...place, ...queue, ...waitingOnly })));
  // And what is assigned to the agent although of a team they are not in.
  return tray === 'all' && !isSupervisor(agent) ? [...byTeam, { ...base, assigneeId: agent.id }] : byTeam;
}

/** Of what names them in notes that they have not seen. */
export const mentionsOf = (agentId: string): Source => ({ hasMentions: true, 'mentions.agentId': agentId });

/** One for each queue that the agent sees, of those asked for; whoever sees all need not name them. */
function queuesOf(agent: AgentActor, teamId: string | undefined): Source[] {
  if (isSupervisor(agent)) return [teamId === undefined ? {} : { queue: queueOf(teamId) }];
  return [null, ...agent.teamIds].filter((id) => teamId === undefined || id === teamId).map((id) => ({ queue: queueOf(id) }));
}

/** What decides about one conversation: not where it stands. */
export type Membership = Omit<ListFilters, 'sort'>;

/** Whether a conversation belongs in the list: sight, and every filter that its source does not ask for. */
export function accepts(agent: AgentActor, filters: Membership, state: ConversationState): boolean {
  const { tray, status, direction, teamId, tagId, assigneeId, customerId, unread, mentioned, idleSince } = filters;
  return (
    canSee(agent, state) &&
    (status === 'all' || state.status === status) &&
    storedTrays(tray).includes(state.tray) &&
    (tray !== 'mine' || state.assigneeId === agent.id) &&
    (tray !== 'agents' || state.assigneeId !== agent.id) &&
    (direction === undefined || state.direction === direction) &&
    (teamId === undefined || state.teamId === teamId) &&
    (tagId === undefined || state.tagIds.includes(tagId)) &&
    (assigneeId === undefined || state.assigneeId === assigneeId) &&
    (customerId === undefined || state.customer.id === customerId) &&
    (unread === undefined || isUnread(state) === unread) &&
    (mentioned === undefined || hasUnseen(state, agent.id, state.seq) === mentioned) &&
    (idleSince === undefined || (state.status === 'active' && state.lastInteractionAt <= idleSince))
  );
}

/** Whether it counts as unread for whoever is responsible. */
export const isUnread = ({ status, unread, marked }: Pick<ConversationState, 'status' | 'unread' | 'marked'>): boolean => status === 'active' && (unread.count > 0 || marked !== null);

/** Nothing closed is unread, or will close. */
function storedStatuses({ status, unread, idleSince }: ListFilters): readonly Status[] {
  const asked: readonly Status[] = status === 'all' ? ['active', 'closed'] : [status];
  return unread === true || idleSince !== undefined ? asked.filter((one) => one === 'active') : asked;
}

function storedTrays(tray: ListTray): readonly Tray[] {
  switch (tray) {
    case 'bot':
    case 'unassigned':
      return [tray];
    case 'agents':
    case 'mine':
      return ['assigned'];
    case 'all':
      return ['bot', 'unassigned', 'assigned'];
  }
}
