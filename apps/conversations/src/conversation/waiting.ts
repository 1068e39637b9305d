import type { ConversationState } from './conversation.js';

/** Above any time in milliseconds, exact as a double. */
const neverWaiting = 2 ** 52;

type Waiting = Pick<ConversationState, 'status' | 'unread' | 'marked'>;

/** The earlier of the first unread message and the mark; null when nobody waits, or it is closed. */
export function waitingSinceOf({ status, unread, marked }: Waiting): Date | null {
  if (status === 'closed') return null;
  if (unread.since === null || marked === null) return unread.since ?? marked;
  return unread.since < marked ? unread.since : marked;
}

/**
 * The waiting order as one ascending number: longest waiting first, then those not waiting by last interaction, newest
 * first (product rule "Order of a list").
 */
export function waitingOrderOf(state: Waiting & Pick<ConversationState, 'lastInteractionAt'>): number {
  const since = waitingSinceOf(state);
  return since === null ? neverWaiting - state.lastInteractionAt.getTime() : since.getTime();
}
