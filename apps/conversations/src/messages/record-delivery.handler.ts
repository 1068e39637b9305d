import { Controller } from '@nestjs/common';
import { type Caller, type ChannelActor, entryActorOf, invalid, notFound, RecordDelivery, recordDelivery, type ReceivedMessage } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from '../conversation/conversation.journal.js';

/** A channel tells what became of an agent's message. */
@Controller()
export class RecordDeliveryHandler {
  constructor(private readonly journal: ConversationJournal) {}

  @Handles(recordDelivery)
  async handle({ conversationId, ofSeq, status }: RecordDelivery, { actor }: Caller<ChannelActor>): Promise<ReceivedMessage> {
    const { workspaceId, channelId } = await this.journal.get(conversationId);
    if (workspaceId !== actor.workspaceId || channelId !== actor.id) throw notFound('conversation');
    const [message] = await this.journal.entries(conversationId, { after: ofSeq - 1, limit: 1 });
    if (message?.type !== 'message' || message.actor.kind === 'customer') throw invalid('ofSeq', 'is not a message to the customer');
    const { entry, state } = await this.journal.append({
      workspaceId: actor.workspaceId,
      aggregateId: conversationId,
      command: { type: 'record-delivery', by: entryActorOf(actor), channelId: actor.id, ofSeq, status },
      ...naturalKey('delivery', conversationId, String(ofSeq), status),
    });
    return { conversationId, seq: entry?.seq ?? state.seq };
  }
}
