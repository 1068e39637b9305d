import type { EntryData, PublicEntry } from '@relevo/contracts';

type PublicData = Pick<EntryData, 'opened' | 'message' | 'delivery'> & { readonly closed: Record<string, never> };

/** A public entry whose `data` is known by its `type`. */
export type WidgetEntry = { [T in keyof PublicData]: Omit<PublicEntry, 'type' | 'data'> & { readonly type: T; readonly data: PublicData[T] } }[keyof PublicData];

/** The contract says what `data` is; a class cannot. */
export const typed = (entry: PublicEntry): WidgetEntry => entry as WidgetEntry;

/** By which an entry is known again, wherever it came from. */
export const keyOf = ({ conversationId, seq }: WidgetEntry): string => `${conversationId}:${seq}`;

/** Conversations one after the other as they began, each in its own order. */
export function inOrder(entries: Iterable<WidgetEntry>): WidgetEntry[] {
  const byConversation = Map.groupBy(entries, ({ conversationId }) => conversationId);
  const conversations = [...byConversation.values()].map((own) => own.sort((a, b) => a.seq - b.seq));
  const begins = ([first]: readonly WidgetEntry[]): string => first?.at ?? '';
  return conversations.sort((a, b) => (begins(a) < begins(b) ? -1 : begins(a) > begins(b) ? 1 : 0)).flat();
}

/**
 * How the last conversation stands, as its customer knows it. Whoever goes on in one that was closed has taken the close
 * back: that itself is internal.
 */
export function statusOf(entries: readonly WidgetEntry[]): 'none' | 'active' | 'closed' {
  const last = entries.findLast(({ type }) => type !== 'delivery');
  return last === undefined ? 'none' : last.type === 'closed' ? 'closed' : 'active';
}
