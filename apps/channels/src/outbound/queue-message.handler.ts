import { Controller } from '@nestjs/common';
import { type PublicConversationEvent, publicConversationEvents } from '@relevo/contracts';
import { HandlesEvent } from '@relevo/messaging';
import { Channels } from '../channels/channels.js';
import { Deliveries } from './deliveries.js';
import { DeliveryWorker } from './delivery-worker.js';

/** Agents' messages to customers of a channel with a callback. The event is done once the message is on its list. */
@Controller()
export class QueueMessageHandler {
  constructor(
    private readonly channels: Channels,
    private readonly deliveries: Deliveries,
    private readonly worker: DeliveryWorker,
  ) {}

  @HandlesEvent(publicConversationEvents, 'message')
  async handle({ workspaceId, channelId, conversationId, seq, previousReplySeq, externalId, at, author, data }: PublicConversationEvent<'message'>): Promise<void> {
    if (author.kind !== 'agent') return;
    const channel = await this.channels.find(channelId);
    if (!channel?.callbackUrl || channel.workspaceId !== workspaceId) return;
    const body = { type: 'message', conversationId, seq, externalId, text: data.text, ...(data.attachments.length > 0 && { attachments: data.attachments }), at, author: { name: author.name } };
    await this.deliveries.add({ workspaceId, channelId, conversationId, seq, previousReplySeq, body: JSON.stringify(body) });
    this.worker.wake();
  }
}
