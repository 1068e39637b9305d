import { greatestFirst, markOf, nameWordsOf, wordsOf } from '@relevo/journal';
import type { ConversationEntry, ConversationState } from '../conversation/conversation.js';

/** What conversations are found by that is no word of theirs. */
export const marks = {
  number: markOf('number'),
  tag: (tagId: string): string => markOf('tag', tagId),
  customer: (customerId: string): string => markOf('customer', customerId),
  attachment: (attachmentId: string): string => markOf('attachment', attachmentId),
} as const;

/** Newest opened first: numbers count up. */
export const searchOrderOf = (number: number): number => greatestFirst(number);

/** Under what a conversation is found because of an entry; `state` is that after it or a later one. */
export function foundBy(state: ConversationState, entry: ConversationEntry): ReadonlySet<string> {
  return new Set(wordsBy(state, entry));
}

function wordsBy(state: ConversationState, entry: ConversationEntry): Iterable<string> {
  switch (entry.type) {
    case 'opened':
      return [marks.number, ...wordsOf(state.externalId), ...foundByCustomer(state)];
    case 'customer-changed':
      return foundByCustomer(state);
    case 'message':
      return [...wordsOf(entry.data.text), ...entry.data.attachments.flatMap(({ id, name }) => [marks.attachment(id), ...wordsOf(name)])];
    case 'note':
      return wordsOf(entry.data.text);
    case 'transferred':
      return wordsOf(entry.data.note ?? '');
    case 'tagged':
      return [marks.tag(entry.data.tagId)];
    case 'assigned':
    case 'handed-over':
    case 'released':
    case 'transfer-undone':
    case 'untagged':
    case 'read':
    case 'mentions-seen':
    case 'marked-unread':
    case 'delivery':
    case 'closed':
    case 'close-undone':
    case 'superseded':
      return [];
  }
}

const foundByCustomer = ({ customer }: ConversationState): string[] => [marks.customer(customer.id), ...nameWordsOf(customer.name)];
