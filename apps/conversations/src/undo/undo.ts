import { type AgentActor, AppError } from '@relevo/contracts';
import { type ConversationEntry, type ConversationState, custodyOf, type Undo } from '../conversation/conversation.js';
import { seenBy } from '../conversation/sight.js';

/** For how long a transfer or close can be taken back (product rule "Undo"). */
const undoMs = 10_000;

/** What the agent takes back now; refused when there is nothing of theirs, or something stands in the way. */
export function undoneBy(agent: AgentActor, state: ConversationState | null, at: Date): Undo {
  const own = state?.workspaceId === agent.workspaceId && state.undo?.by === agent.id && at <= state.undo.until ? state.undo : null;
  if (own) return own;
  // Their own transfer may have taken it out of their sight; anything else there is not theirs to know of.
  seenBy(agent, state);
  throw new AppError('RULE_VIOLATED', 'There is nothing of yours to take back any more.');
}

/** What can be taken back after an entry: it may begin an undo, end it, or not stand in its way. */
export function undoAfter(before: ConversationState, entry: ConversationEntry): Undo | null {
  const { type, actor, seq, at } = entry;
  switch (type) {
    case 'transferred':
      return { kind: 'transfer', by: actor.id, ofSeq: seq, until: new Date(at.getTime() + undoMs), custody: custodyOf(before), ...(before.handover && { handover: before.handover }) };
    case 'closed':
      return entry.data.reason === 'manual' ? { kind: 'close', by: actor.id, ofSeq: seq, until: new Date(at.getTime() + undoMs), custody: null } : null;
    case 'read':
    case 'mentions-seen':
    case 'marked-unread':
    case 'delivery':
    case 'customer-changed':
      return before.undo;
    case 'message':
      return actor.kind === 'agent' ? null : before.undo;
    case 'assigned':
      return actor.kind === 'agent' ? null : before.undo;
    case 'opened':
    case 'note':
    case 'tagged':
    case 'untagged':
    case 'released':
    case 'handed-over':
    case 'superseded':
    case 'transfer-undone':
    case 'close-undone':
      return null;
  }
}
