import { conversationsEvents, publicConversationEvents } from '@relevo/contracts';
import { outgoing, type OutgoingEvent } from '@relevo/messaging';
import type { ConversationEntry, ConversationState } from './conversation.js';
import { publicPartOf } from './public-part.js';
import { audienceOf, entryViewOf, viewOf } from './view.js';

/** Every entry to those inside; the customer's part of it to those outside. */
export function toEvents(before: ConversationState | null, after: ConversationState, entry: ConversationEntry, toleranceMs: number): OutgoingEvent[] {
  const { workspaceId, aggregateId, seq, type, actor } = entry;
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
  const part = publicPartOf(entry);
  if (part !== null) {
    events.push(
      outgoing({
        contract: publicConversationEvents,
        ...place,
        payload: {
          workspaceId,
          channelId: after.channelId,
          externalId: after.externalId,
          ...part,
          previousReplySeq: type === 'message' && actor.kind === 'agent' ? (before?.replies[0]?.seq ?? null) : null,
        },
      }),
    );
  }
  return events;
}
