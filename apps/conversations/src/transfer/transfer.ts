import { type AgentActor, AppError, notFound, type Responsible } from '@relevo/contracts';
import type { Custody, ConversationState, TransferTarget } from '../conversation/conversation.js';

const ruleViolated = (message: string): AppError => new AppError('RULE_VIOLATED', message);

/** Who becomes responsible, or why not (product rule "Transfer"). Null when that is whose it is already. */
export function receiverOf(state: ConversationState, sender: AgentActor, target: TransferTarget, force: boolean): Responsible | null {
  if (target.kind === 'team') {
    const { team } = target;
    if (team === null) throw notFound('team');
    if (team.archived) throw ruleViolated('An archived team takes no conversations.');
    return state.assigneeId === null && state.tray === 'unassigned' && state.teamId === team.id ? null : { teamId: team.id, assigneeId: null };
  }
  const { agent } = target;
  if (agent === null) throw notFound('agent');
  if (agent.id === sender.id) throw ruleViolated('A conversation cannot be transferred to oneself.');
  if (agent.id === state.assigneeId) return null;
  if (agent.status !== 'online' && !force) {
    throw new AppError('TARGET_UNAVAILABLE', 'This agent is not online. Insist, or choose another.', { details: { agentId: agent.id, status: agent.status } });
  }
  const staysWithTeam = state.teamId !== null && agent.teamIds.includes(state.teamId);
  return { teamId: staysWithTeam ? state.teamId : null, assigneeId: agent.id };
}

/** The conversation in the receiver's hands: unread is what is unanswered again, its mark stays, its time begins anew. */
export function handedTo(custody: Custody, { teamId, assigneeId }: Responsible, at: Date): Custody {
  const { unanswered, unread } = takenOver(custody, at);
  return { ...custody, tray: assigneeId === null ? 'unassigned' : 'assigned', teamId, assigneeId, unanswered, unread, queuedAt: at, assignedAt: at };
}

/** Somebody else becomes responsible: unread is what is unanswered. Out of the bot's tray the clocks start now. */
export function takenOver({ tray, unanswered }: Custody, at: Date): Pick<Custody, 'unanswered' | 'unread'> {
  const since = tray === 'bot' && unanswered.count > 0 ? at : unanswered.since;
  return { unanswered: { ...unanswered, since }, unread: { ...unanswered, since } };
}
