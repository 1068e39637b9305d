import { Injectable } from '@nestjs/common';
import { AppError, type Class, type ReceiveWebhook, validateShape } from '@relevo/contracts';
import { RateLimits } from '@relevo/messaging';
import type { ChannelState } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { isSignedWith, nobodysSecret } from '../channels/signature.js';
import { ChannelsConfig } from '../config.js';

/** What comes from a channel's system outside: believed only once its signature is the channel's, parsed only then. */
@Injectable()
export class SignedWebhooks {
  constructor(
    private readonly channels: Channels,
    private readonly limits: RateLimits,
    private readonly config: ChannelsConfig,
  ) {}

  /** Each `kind` has a limit of its own. */
  async read<T extends object>(kind: 'inbound' | 'statuses', type: Class<T>, webhook: ReceiveWebhook): Promise<{ channel: ChannelState; body: T }> {
    const { channelId, rawBody } = webhook;
    const channel = await this.authenticated(webhook);
    const body = validateShape(type, parse(rawBody));
    // Only now: what anybody could send must not use up what the channel may.
    const limit = { perSecond: this.config.INBOUND_PER_SECOND, burst: this.config.INBOUND_BURST };
    await this.limits.take(`${kind} ${channelId}`, limit, 'Too much of this channel at once. Send it again in a moment.');
    return { channel, body };
  }

  async authenticated({ channelId, signature, rawBody }: ReceiveWebhook): Promise<ChannelState> {
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
