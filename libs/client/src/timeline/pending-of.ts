import { filesOf, type PendingEntry } from '../outbox/pending.js';
import type { TimelineEntry } from './entries.js';

/** What one pending entry looks like once it is in the timeline. */
function isLike(pending: PendingEntry, { type, data, at }: TimelineEntry): boolean {
  if ((type !== 'message' && type !== 'note') || type !== pending.kind || at < pending.at) return false;
  // A file goes with one message: with it, it is known for sure.
  const [file] = filesOf(pending);
  return file ? type === 'message' && data.attachments.some(({ id }) => id === file.attachment?.id) : data.text === pending.text;
}

const none: readonly PendingEntry[] = [];

/**
 * What of the outbox is shown below a timeline. An entry's event may come before the answer that takes it out of the
 * outbox; it would be seen twice for that moment.
 */
export function pendingOf(conversationId: string, pending: readonly PendingEntry[], entries: readonly TimelineEntry[], agentId: string | null): readonly PendingEntry[] {
  const own = pending.filter((one) => one.conversationId === conversationId);
  const [first, ...others] = own;
  if (!first) return none;
  if (first.state !== 'sending') return own;
  const recent = entries.slice(-20);
  return recent.some((entry) => entry.actor.id === agentId && isLike(first, entry)) ? others : own;
}
