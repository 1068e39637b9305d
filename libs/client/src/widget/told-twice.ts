import { filesOf, type PendingEntry } from '../outbox/pending.js';
import { keyOf, type WidgetEntry } from './entries.js';

type Said = WidgetEntry & { readonly type: 'message' };

const saidIn = (entries: readonly WidgetEntry[]): Said[] => entries.filter((entry): entry is Said => entry.type === 'message' && entry.actor.kind === 'customer');

/** A message may be told before the answer that takes it out of the outbox; it would be seen twice for that moment. */
export class ToldTwice {
  /** What the customer had said before the message under way was asked for. */
  private asked: { readonly commandId: string; readonly before: ReadonlySet<string> } | null = null;

  /** A message is asked for, maybe again. */
  asks(commandId: string, entries: readonly WidgetEntry[]): void {
    if (this.asked?.commandId !== commandId) this.asked = { commandId, before: new Set(saidIn(entries).map(keyOf)) };
  }

  /** What is pending and not among the entries. */
  without(pending: readonly PendingEntry[], entries: readonly WidgetEntry[]): readonly PendingEntry[] {
    const [first, ...others] = pending;
    if (first?.state !== 'sending') return pending;
    const { commandId, text, at } = first;
    const isNew = (entry: WidgetEntry): boolean => (this.asked?.commandId === commandId ? !this.asked.before.has(keyOf(entry)) : entry.at >= at);
    const [file] = filesOf(first);
    const isLike = ({ data }: Said): boolean => (file ? data.attachments.some(({ id }) => id === file.attachment?.id) : data.text === text);
    return saidIn(entries).some((entry) => isLike(entry) && isNew(entry)) ? others : pending;
  }
}
