import { Controller } from '@nestjs/common';
import { type Caller, notFound, type ReceivedMessage, ReceiveOpenedMessage, receiveOpenedMessage, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Channels } from '../channels/channels.js';
import { Reception } from './reception.js';

/** A customer's message whose webhook was opened, with its files in the gateway's store. */
@Controller()
export class ReceiveOpenedHandler {
  constructor(
    private readonly channels: Channels,
    private readonly reception: Reception,
  ) {}

  @Handles(receiveOpenedMessage)
  async handle({ channelId, externalMessageId, sender, text, attachments }: ReceiveOpenedMessage, { correlationId }: Caller<SystemActor>): Promise<ReceivedMessage> {
    const channel = await this.channels.find(channelId);
    if (!channel) throw notFound('channel');
    const content = { ...(text !== undefined && { text }), attachments };
    const { conversationId, seq } = await this.reception.receive({ channelId, channel, sender, externalMessageId, content, correlationId });
    return { conversationId, seq };
  }
}
