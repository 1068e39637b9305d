import { type EntryActor, type PublicConversationEvent, type PublicEntry, publicEntryOf, type PublicEntryType } from '@relevo/contracts';
import type { ConversationEntry } from './conversation.js';

type PublicPart = Pick<PublicConversationEvent, 'conversationId' | 'seq' | 'at' | 'author' | 'data'> & { type: PublicEntryType };

/**
 * What a customer-facing part may know of an entry: a whitelist of types and fields. A type that is not named here has
 * no way to the public stream, nor to any `public-` answer.
 */
function publicDataOf(entry: ConversationEntry): PublicConversationEvent['data'] | null {
  switch (entry.type) {
    case 'message':
      return { text: entry.data.text, attachments: entry.data.attachments, ...(entry.data.voice && { voice: true }) };
    case 'delivery':
      return { ofSeq: entry.data.ofSeq, status: entry.data.status };
    case 'opened':
    case 'closed':
      return {};
    case 'note':
    case 'assigned':
    case 'handed-over':
    case 'released':
    case 'transferred':
    case 'transfer-undone':
    case 'close-undone':
    case 'tagged':
    case 'untagged':
    case 'read':
    case 'mentions-seen':
    case 'marked-unread':
    case 'superseded':
    case 'customer-changed':
      return null;
  }
}

/** The customer's part of an entry; null when none of it is theirs to see. */
export function publicPartOf(entry: ConversationEntry): PublicPart | null {
  const data = publicDataOf(entry);
  if (data === null) return null;
  const { aggregateId, seq, type, at, actor } = entry;
  return {
    conversationId: aggregateId,
    seq,
    type: type as PublicEntryType,
    at: at.toISOString(),
    author: type === 'message' ? authorOf(actor) : { kind: 'system', name: '' },
    data,
  };
}

/** What a customer is called inside is not theirs to know, nor anybody's outside: agents may have changed it. */
const authorOf = ({ kind, name }: EntryActor): PublicConversationEvent['author'] => ({ kind, name: kind === 'customer' ? '' : name });

/** An entry as its customer sees it. Throws for one that they may not: nobody falls back to more. */
export function publicEntryViewOf(entry: ConversationEntry): PublicEntry {
  const part = publicPartOf(entry);
  if (part === null) throw new Error(`${entry._id} is not public`);
  return publicEntryOf(part);
}
