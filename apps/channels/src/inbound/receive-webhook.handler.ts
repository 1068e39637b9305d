import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import {
  AppError,
  type Caller,
  type ChannelActor,
  type CustomerSummary,
  identifyCustomer,
  InboundMessage,
  type InboundSender,
  type ReceivedMessage,
  receiveMessage,
  receiveWebhook,
  ReceiveWebhook,
  type SystemActor,
  validateShape,
} from '@relevo/contracts';
import { Handles, MessageBus } from '@relevo/messaging';
import { type ChannelState } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { isSignedWith } from '../channels/signature.js';

/** Stands in for the secret of a channel that does not exist, which takes as long to refuse as a wrong signature. */
const nobodysSecret = randomBytes(32).toString('hex');

/** A customer's message from outside: believed only once its signature is the channel's, parsed only then. */
@Controller()
export class ReceiveWebhookHandler {
  constructor(
    private readonly channels: Channels,
    private readonly bus: MessageBus,
  ) {}

  @Handles(receiveWebhook)
  async handle({ channelId, signature, rawBody }: ReceiveWebhook, { correlationId }: Caller<SystemActor>): Promise<ReceivedMessage> {
    const channel = await this.authenticated(channelId, signature, rawBody);
    const { externalMessageId, sender, message } = validateShape(InboundMessage, parse(rawBody));
    const caller: Caller<ChannelActor> = { actor: { kind: 'channel', workspaceId: channel.workspaceId, id: channelId }, correlationId };
    const customer = await this.identify(channelId, sender, caller);
    return this.bus.request(
      receiveMessage,
      {
        channelId,
        externalId: sender.externalId,
        externalMessageId,
        customer,
        text: message.text,
        startsIn: channel.bot ? 'bot' : 'unassigned',
        teamId: channel.teamId,
      },
      caller,
    );
  }

  private async authenticated(channelId: string, signature: string, rawBody: string): Promise<ChannelState> {
    const channel = await this.channels.find(channelId);
    const signed = isSignedWith(channel?.secret ?? nobodysSecret, rawBody, signature);
    if (channel === null || !signed) throw new AppError('UNAUTHENTICATED', 'The signature is not that of this channel.');
    return channel;
  }

  private async identify(channelId: string, { externalId, name, attributes }: InboundSender, caller: Caller<ChannelActor>): Promise<CustomerSummary> {
    try {
      return await this.bus.request(identifyCustomer, { channelId, externalId, ...(name !== undefined && { name }), ...(attributes && { attributes }) }, caller);
    } catch (error) {
      throw error instanceof AppError && error.errors ? underSender(error, error.errors) : error;
    }
  }
}

/** Whoever signed the body knows its fields by their place in it. */
function underSender({ code, message, details }: AppError, errors: NonNullable<AppError['errors']>): AppError {
  return new AppError(code, `sender.${message}`, { details, errors: errors.map(({ path, message }) => ({ path: `sender.${path}`, message })) });
}

function parse(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody);
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', 'The body is not JSON.', { errors: [{ path: '', message: 'must be JSON' }], cause });
  }
}
