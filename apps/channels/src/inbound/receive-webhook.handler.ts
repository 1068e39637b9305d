import { Controller } from '@nestjs/common';
import { type Caller, InboundMessage, invalid, type ReceivedMessage, receiveWebhook, ReceiveWebhook, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Reception } from './reception.js';
import { SignedWebhooks } from './signed-webhooks.js';

/** A customer's message from outside. */
@Controller()
export class ReceiveWebhookHandler {
  constructor(
    private readonly webhooks: SignedWebhooks,
    private readonly reception: Reception,
  ) {}

  @Handles(receiveWebhook)
  async handle(webhook: ReceiveWebhook, { correlationId }: Caller<SystemActor>): Promise<ReceivedMessage> {
    const { channelId } = webhook;
    const { channel, body } = await this.webhooks.read('inbound', InboundMessage, webhook);
    const { externalMessageId, sender, message } = body;
    // Their bytes have no business here: the gateway opens such a webhook, and keeps them.
    if (message.attachments && message.attachments.length > 0) throw invalid('message.attachments', 'must come through the gateway');
    const { conversationId, seq } = await this.reception.receive({ channelId, channel, sender, externalMessageId, content: { ...(message.text !== undefined && { text: message.text }) }, correlationId });
    return { conversationId, seq };
  }
}
