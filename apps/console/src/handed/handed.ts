import type { AgentView, ConversationView, Handover } from '@relevo/contracts';

/** Who transferred the conversation to the agent, or to a team of theirs, and nobody there has seen to it yet. */
export function handoverTo({ handover, assigneeId, teamId }: Pick<ConversationView, 'handover' | 'assigneeId' | 'teamId'>, { id, teamIds }: Pick<AgentView, 'id' | 'teamIds'>): Handover | null {
  if (!handover || handover.by === id) return null;
  const isTheirs = assigneeId === null ? teamId !== null && teamIds.includes(teamId) : assigneeId === id;
  return isTheirs ? handover : null;
}
