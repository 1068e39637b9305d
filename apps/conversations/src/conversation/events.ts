import { conversationsEvents, publicConversationEvents, type PublicConversationEvent, type PublicEntryType } from '@relevo/contracts';
import { outgoing, type OutgoingEvent } from '@relevo/messaging';
import type { ConversationEntry, ConversationState } from './conversation.js';
import { audienceOf, entryViewOf, viewOf } from './view.js';

/**
 * What a customer-facing part may know of an entry: a whitelist of types and fields. A type that is not named here has
 * no way to the public stream.
 */
function publicDataOf(entry: ConversationEntry): PublicConversationEvent<PublicEntryType>['data'] | null {
  switch (entry.type) {
    case 'message':
      return { text: entry.data.text, attachments: entry.data.attachments };
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
    case 'marked-unread':
    case 'superseded':
      return null;
  }
}

/** Every entry to those inside; the customer's part of it to those outside. */
export function toEvents(before: ConversationState | null, after: ConversationState, entry: ConversationEntry, toleranceMs: number): OutgoingEvent[] {
  const { workspaceId, aggregateId, seq, type, at, actor } = entry;
  const place = { workspaceId, aggregateId, seq, fact: type };
  const events = [
    outgoing({
      contract: conversationsEvents,
      ...place,
      payload: {
        noun: 'conversation',
        workspaceId,
        entry: entryViewOf(entry),
        conversation: viewOf(aggregateId, after, toleranceMs),
        before: before && audienceOf(before),
        after: audienceOf(after),
      },
    }),
  ];
  const data = publicDataOf(entry);
  if (data !== null) {
    events.push(
      outgoing({
        contract: publicConversationEvents,
        ...place,
        payload: {
          workspaceId,
          channelId: after.channelId,
          externalId: after.externalId,
          conversationId: aggregateId,
          seq,
          type: type as PublicEntryType,
          at: at.toISOString(),
          author: type === 'message' ? { kind: actor.kind, name: actor.name } : { kind: 'system', name: '' },
          previousReplySeq: type === 'message' && actor.kind === 'agent' ? (before?.replies[0]?.seq ?? null) : null,
          data,
        },
      }),
    );
  }
  return events;
}
