import { type AgentActor, badCursor, isSupervisor, type ListConversations, type ListTray, type Status } from '@relevo/contracts';

/** One indexed query; a list is a few of them, disjoint, merged in order. */
export type Source = Record<string, unknown> & { workspaceId: string; status: Status };

type Filters = Required<Pick<ListConversations, 'tray' | 'status'>> & Pick<ListConversations, 'teamId'>;

/**
 * The queries that together hold what the agent may see of a tray: one per visible team (and none, for the teamless),
 * because a filter on several teams would be sorted in memory.
 */
export function sourcesOf(agent: AgentActor, { tray, status, teamId }: Filters): Source[] {
  const base = { workspaceId: agent.workspaceId, status };
  const mine: Source = { ...base, assigneeId: agent.id };
  if (tray === 'mine') return [teamId === undefined ? mine : { ...mine, teamId }];
  const trays = storedTrays(tray);
  const notMine = tray === 'agents' ? { assigneeId: { $ne: agent.id } } : {};
  if (isSupervisor(agent)) {
    const team = teamId === undefined ? {} : { teamId };
    return trays.map((stored) => ({ ...base, tray: stored, ...team, ...notMine }));
  }
  const visible = [null, ...agent.teamIds].filter((id) => teamId === undefined || id === teamId);
  const byTeam = trays.flatMap((stored) => visible.map((id) => ({ ...base, tray: stored, teamId: id, ...notMine })));
  if (tray !== 'all') return byTeam;
  // And what is assigned to the agent although of a team they are not in.
  if (teamId === undefined) return [...byTeam, { ...mine, teamId: { $nin: [null, ...agent.teamIds] } }];
  return visible.length > 0 ? byTeam : [{ ...mine, teamId }];
}

function storedTrays(tray: ListTray): readonly string[] {
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

/** Where the page before ended. */
export interface Position {
  order: number;
  id: string;
}

/** After that position; bounds the leading key, so that the index is entered there and not before. */
export const after = ({ order, id }: Position): Record<string, unknown> => ({
  waitingOrder: { $gte: order },
  $or: [{ waitingOrder: { $gt: order } }, { _id: { $gt: id } }],
});

export const toCursor = ({ order, id }: Position): string => Buffer.from(JSON.stringify([order, id])).toString('base64url');

export function fromCursor(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value) && value.length === 2) {
      const [order, id] = value as unknown[];
      if (typeof order === 'number' && Number.isSafeInteger(order) && typeof id === 'string') return { order, id };
    }
  } catch {
    // Not ours; said below.
  }
  throw badCursor();
}
