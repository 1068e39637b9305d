import { Controller } from '@nestjs/common';
import { type Caller, DeliveryReport, notFound, type ReceivedMessage, receiveStatus, ReceiveWebhook, recordDelivery, type SystemActor } from '@relevo/contracts';
import { Handles, MessageBus } from '@relevo/messaging';
import { SignedWebhooks } from '../inbound/signed-webhooks.js';
import { Deliveries } from './deliveries.js';

/** What became of an agent's message where it was posted to. The conversation keeps it from going backwards. */
@Controller()
export class ReceiveStatusHandler {
  constructor(
    private readonly webhooks: SignedWebhooks,
    private readonly deliveries: Deliveries,
    private readonly bus: MessageBus,
  ) {}

  @Handles(receiveStatus)
  async handle(webhook: ReceiveWebhook, { correlationId }: Caller<SystemActor>): Promise<ReceivedMessage> {
    const { channelId } = webhook;
    const { channel, body } = await this.webhooks.read('statuses', DeliveryReport, webhook);
    const delivery = await this.deliveries.named(channelId, body.externalMessageId);
    if (delivery === null) throw notFound('message');
    const { conversationId, seq } = delivery;
    await this.bus.request(recordDelivery, { conversationId, ofSeq: seq, status: body.status }, { actor: { kind: 'channel', workspaceId: channel.workspaceId, id: channelId }, correlationId });
    return { conversationId, seq };
  }
}
