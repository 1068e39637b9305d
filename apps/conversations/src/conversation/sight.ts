import { type AgentActor, isSupervisor, notFound } from '@relevo/contracts';
import type { ConversationState } from './conversation.js';

type Seen = Pick<ConversationState, 'workspaceId' | 'teamId' | 'assigneeId'>;

/**
 * Product rule "Sight": agents see the conversations of their teams, those of no team, and whatever is assigned to
 * them; supervisors and admins all of the workspace.
 */
export function canSee(agent: Pick<AgentActor, 'workspaceId' | 'id' | 'role' | 'teamIds'>, { workspaceId, teamId, assigneeId }: Seen): boolean {
  if (agent.workspaceId !== workspaceId) return false;
  return agent.role !== 'agent' || teamId === null || agent.teamIds.includes(teamId) || assigneeId === agent.id;
}

/** The state, if the agent may see it; what they may not is answered like what does not exist. */
export function seenBy<S extends Seen>(agent: AgentActor, state: S | null): S {
  if (state === null || !canSee(agent, state)) throw notFound('conversation');
  return state;
}

/** Whether the agent acts in it: the assignee, or a supervisor who steps in. */
export const mayAct = (agent: AgentActor, { assigneeId }: Pick<ConversationState, 'assigneeId'>): boolean =>
  assigneeId === agent.id || isSupervisor(agent);
