import { type Audience, type ConversationView, type Entry, type LastMessage, visibilityOf } from '@relevo/contracts';
import { waitingSinceOf } from '../lists/orders.js';
import type { ConversationEntry, ConversationState } from './conversation.js';

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

/** A conversation as agents see it; `toleranceMs` is what its workspace allows before it closes by itself. */
export function viewOf(id: string, state: ConversationState, toleranceMs: number): ConversationView {
  const active = state.status === 'active';
  return {
    id,
    number: state.number,
    channelId: state.channelId,
    direction: state.direction,
    status: state.status,
    tray: state.tray,
    customer: { id: state.customer.id, name: state.customer.name },
    teamId: state.teamId,
    assigneeId: state.assigneeId,
    tagIds: state.tagIds,
    unread: { count: active ? state.unread.count : 0, marked: active && state.marked !== null },
    waitingSince: iso(waitingSinceOf(state)),
    unansweredSince: active ? iso(state.unanswered.since) : null,
    assignedAt: iso(state.assignedAt),
    lastInteractionAt: state.lastInteractionAt.toISOString(),
    lastMessage: lastMessageOf(state),
    openedAt: state.openedAt.toISOString(),
    closedAt: iso(state.closedAt),
    closeReason: state.closeReason,
    closesAt: active ? new Date(state.lastInteractionAt.getTime() + toleranceMs).toISOString() : null,
    undoUntil: iso(state.undo?.until ?? null),
    ...(state.mentions && { mentions: state.mentions }),
    ...(state.handover && { handover: { ...state.handover, at: state.handover.at.toISOString() } }),
    seq: state.seq,
  };
}

/** Who replied last is kept for the reply fence: of a message by an agent, its author. */
function lastMessageOf({ lastMessage, replies: [lastReply] }: ConversationState): LastMessage | null {
  if (!lastMessage) return null;
  return { ...lastMessage, at: lastMessage.at.toISOString(), ...(lastMessage.authorKind === 'agent' && lastReply && { authorId: lastReply.agentId }) };
}

/** An entry as agents see it. `opened` shows no text and none of the channel's own words. */
export function entryViewOf({ aggregateId, seq, type, at, actor, data }: ConversationEntry): Entry {
  return {
    conversationId: aggregateId,
    seq,
    type,
    visibility: visibilityOf[type],
    at: at.toISOString(),
    actor,
    data: type === 'opened' ? {} : data,
  };
}

export const audienceOf = ({ teamId, assigneeId }: ConversationState): Audience => ({ teamId, assigneeId });
