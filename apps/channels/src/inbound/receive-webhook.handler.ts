import { Controller } from '@nestjs/common';
import { AppError, type Caller, InboundMessage, type ReceivedMessage, receiveWebhook, ReceiveWebhook, type SystemActor, validateShape } from '@relevo/contracts';
import { Handles, RateLimits } from '@relevo/messaging';
import { type ChannelState } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { isSignedWith, nobodysSecret } from '../channels/signature.js';
import { ChannelsConfig } from '../config.js';
import { Reception } from './reception.js';

/** A customer's message from outside: believed only once its signature is the channel's, parsed only then. */
@Controller()
export class ReceiveWebhookHandler {
  constructor(
    private readonly channels: Channels,
    private readonly reception: Reception,
    private readonly limits: RateLimits,
    private readonly config: ChannelsConfig,
  ) {}

  @Handles(receiveWebhook)
  async handle({ channelId, signature, rawBody }: ReceiveWebhook, { correlationId }: Caller<SystemActor>): Promise<ReceivedMessage> {
    const channel = await this.authenticated(channelId, signature, rawBody);
    const { externalMessageId, sender, message } = validateShape(InboundMessage, parse(rawBody));
    // Only now: what anybody could send must not use up what the channel may.
    await this.limits.take(`inbound ${channelId}`, { perSecond: this.config.INBOUND_PER_SECOND, burst: this.config.INBOUND_BURST }, 'Too many messages of this channel at once. Send it again in a moment.');
    const { conversationId, seq } = await this.reception.receive({ channelId, channel, sender, externalMessageId, text: message.text, correlationId });
    return { conversationId, seq };
  }

  private async authenticated(channelId: string, signature: string, rawBody: string): Promise<ChannelState> {
    const channel = await this.channels.find(channelId);
    const signed = isSignedWith(channel?.secret ?? nobodysSecret, rawBody, signature);
    if (channel === null || !signed) throw new AppError('UNAUTHENTICATED', 'The signature is not that of this channel.');
    return channel;
  }
}

function parse(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody);
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', 'The body is not JSON.', { errors: [{ path: '', message: 'must be JSON' }], cause });
  }
}
