import { Controller } from '@nestjs/common';
import { type Caller, type ChannelActor, type DeliveryStatus, invalid, RecordDelivery, recordDelivery, type ReceivedMessage } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from '../conversation/conversation.journal.js';

/** A channel tells what became of an agent's message. */
@Controller()
export class RecordDeliveryHandler {
  constructor(private readonly journal: ConversationJournal) {}

  @Handles(recordDelivery)
  async handle({ conversationId, ofSeq, status }: RecordDelivery, { actor }: Caller<ChannelActor>): Promise<ReceivedMessage> {
    const { entry, state } = await this.journal.append({
      workspaceId: actor.workspaceId,
      aggregateId: conversationId,
      command: {
        type: 'record-delivery',
        by: { kind: 'system', id: actor.id, name: '' },
        channelId: actor.id,
        ofSeq,
        status,
        last: await this.lastStatus(conversationId, ofSeq),
      },
      ...naturalKey('delivery', conversationId, String(ofSeq), status),
    });
    return { conversationId, seq: entry?.seq ?? state.seq };
  }

  private async lastStatus(conversationId: string, ofSeq: number): Promise<DeliveryStatus | null> {
    const [message, ...later] = await this.journal.entries(conversationId, { after: ofSeq - 1 });
    if (message?.type !== 'message' || message.actor.kind === 'customer') throw invalid('ofSeq', 'is not a message to the customer');
    let last: DeliveryStatus | null = null;
    for (const entry of later) if (entry.type === 'delivery' && entry.data.ofSeq === ofSeq) last = entry.data.status;
    return last;
  }
}
