import type { AgentView, ConversationView } from '@relevo/contracts';
import type { RequestOf } from '../api/operations.js';

/** What a list is of, and in which order; as `GET /conversations` takes it. */
export type ListQuery = Omit<RequestOf<'GET /conversations'>, 'limit' | 'cursor'>;

/** Whose eyes: `canSee` and `mine` follow from it. */
export type Viewer = Pick<AgentView, 'id' | 'role' | 'teamIds'>;

/** Product rule "Sight". Answers of commands may show what the agent has just given out of sight. */
const canSee = ({ id, role, teamIds }: Viewer, { teamId, assigneeId }: ConversationView): boolean =>
  role !== 'agent' || teamId === null || teamIds.includes(teamId) || assigneeId === id;

const forecastMs = 60 * 60 * 1000;

function isInTray(tray: ListQuery['tray'], viewer: Viewer, view: ConversationView): boolean {
  switch (tray) {
    case undefined:
    case 'all':
      return true;
    case 'bot':
    case 'unassigned':
      return view.tray === tray;
    case 'mine':
      return view.tray === 'assigned' && view.assigneeId === viewer.id;
    case 'agents':
      return view.tray === 'assigned' && view.assigneeId !== viewer.id;
  }
}

const closesWithin = (ms: number, { closesAt }: ConversationView, now: number): boolean => closesAt !== null && Date.parse(closesAt) <= now + ms;

const isMentioned = ({ id }: Viewer, { mentions = [] }: ConversationView): boolean => mentions.some(({ agentId }) => agentId === id);

/** Whether a conversation belongs in the list, as the server decides it. */
export function accepts(query: ListQuery, viewer: Viewer, view: ConversationView, now: number): boolean {
  const { tray, q, mentioned, status = q === undefined && mentioned !== true ? 'active' : 'all', direction, teamId, tagId, assigneeId, customerId, unread, closing } = query;
  return (
    canSee(viewer, view) &&
    (status === 'all' || view.status === status) &&
    isInTray(tray, viewer, view) &&
    (direction === undefined || view.direction === direction) &&
    (teamId === undefined || view.teamId === teamId) &&
    (tagId === undefined || view.tagIds.includes(tagId)) &&
    (assigneeId === undefined || view.assigneeId === assigneeId) &&
    (customerId === undefined || view.customer.id === customerId) &&
    (unread === undefined || (view.unread.count > 0 || view.unread.marked) === unread) &&
    (mentioned === undefined || isMentioned(viewer, view) === mentioned) &&
    (closing !== true || closesWithin(forecastMs, view, now))
  );
}
