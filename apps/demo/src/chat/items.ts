import type { PendingEntry, WidgetEntry } from '@relevo/client';

type MessageEntry = Extract<WidgetEntry, { readonly type: 'message' }>;

/** What a chat shows, one below the other. */
export type ChatItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'begins' | 'closed'; readonly key: string; readonly at: string }
  | { readonly kind: 'message'; readonly key: string; readonly entry: MessageEntry; readonly startsGroup: boolean }
  | { readonly kind: 'pending'; readonly key: string; readonly pending: PendingEntry };

const dayOf = (at: string): string => new Date(at).toDateString();

const continues = (before: ChatItem | undefined, { actor }: MessageEntry): boolean =>
  before?.kind === 'message' && before.entry.actor.kind === actor.kind && before.entry.actor.name === actor.name;

/**
 * Deliveries are of the agents' messages, and nobody's news here. The first conversation begins without a word, and the
 * last close is said below, with what follows from it.
 */
export function chatItems(entries: readonly WidgetEntry[], pending: readonly PendingEntry[], hasOlder: boolean): readonly ChatItem[] {
  const items: ChatItem[] = [];
  let day: string | null = null;
  for (const entry of entries) {
    const { conversationId, seq, at } = entry;
    const key = `${conversationId}:${seq}`;
    if (entry.type === 'delivery') continue;
    if (dayOf(at) !== day) items.push({ kind: 'day', key: `day-${key}`, at });
    day = dayOf(at);
    if (entry.type === 'message') items.push({ kind: 'message', key, entry, startsGroup: !continues(items.at(-1), entry) });
    else if (entry.type === 'closed') items.push({ kind: 'closed', key, at });
    else if (hasOlder || entry !== entries[0]) items.push({ kind: 'begins', key, at });
  }
  return [...items, ...pending.map((one): ChatItem => ({ kind: 'pending', key: one.commandId, pending: one }))];
}
