import type { ConversationState } from '../conversation/conversation.js';

/** Above any time in milliseconds, exact as a double. */
const neverWaiting = 2 ** 52;

type Waiting = Pick<ConversationState, 'status' | 'unread' | 'marked'>;

/** The earlier of the first unread message and the mark; null when nobody waits, or it is closed. */
export function waitingSinceOf({ status, unread, marked }: Waiting): Date | null {
  if (status === 'closed') return null;
  if (unread.since === null || marked === null) return unread.since ?? marked;
  return unread.since < marked ? unread.since : marked;
}

/** Where a conversation with this last interaction stands in the order `activity`. */
export const activityOrderOf = (lastInteractionAt: Date): number => neverWaiting - lastInteractionAt.getTime();

/**
 * Where a conversation stands in each order (product rule "Order of a list"): `waiting`, longest waiting first, then
 * those not waiting by last interaction, newest first; `activity`, by last interaction, newest first; `assigned`, by time
 * of assignment or of entering the queue, oldest first, and of what is still the bot's since it opened.
 */
export function ordersOf(state: Waiting & Pick<ConversationState, 'lastInteractionAt' | 'assignedAt' | 'openedAt'>): ConversationState['orders'] {
  const activity = activityOrderOf(state.lastInteractionAt);
  return {
    waiting: waitingSinceOf(state)?.getTime() ?? activity,
    activity,
    assigned: (state.assignedAt ?? state.openedAt).getTime(),
  };
}

/** All who wait stand before this place in the order `waiting`. */
export const endOfWaiting = neverWaiting / 2;
