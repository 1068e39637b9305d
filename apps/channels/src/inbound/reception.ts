import { Injectable } from '@nestjs/common';
import { AppError, type AttachmentView, type Caller, type ChannelActor, type FoundCustomer, identifyCustomer, type InboundSender, type PublicEntry, receiveMessage } from '@relevo/contracts';
import { MessageBus } from '@relevo/messaging';
import type { ChannelState } from '../channels/channel.js';

/** A text, files, or both. */
export interface MessageContent {
  readonly text?: string;
  readonly attachments?: AttachmentView[];
}

/** A customer's message whose sender is beyond doubt. */
export interface Incoming {
  readonly channelId: string;
  readonly channel: ChannelState;
  readonly sender: InboundSender;
  readonly externalMessageId: string;
  readonly content: MessageContent;
  readonly correlationId: string;
}

/** The way of every customer's message, wherever it came in: to its customer, then to its conversation, in the channel's name. */
@Injectable()
export class Reception {
  constructor(private readonly bus: MessageBus) {}

  /** Answers the message's entry; on a repeat of its id the first one. */
  async receive({ channelId, channel, sender, externalMessageId, content, correlationId }: Incoming): Promise<PublicEntry> {
    const caller: Caller<ChannelActor> = { actor: { kind: 'channel', workspaceId: channel.workspaceId, id: channelId }, correlationId };
    const customer = await this.identify(channelId, sender, caller);
    const { externalId } = sender;
    return this.bus.request(
      receiveMessage,
      { channelId, externalId, externalMessageId, customer, ...content, startsIn: channel.bot ? 'bot' : 'unassigned', teamId: channel.teamId },
      caller,
    );
  }

  private async identify(channelId: string, { externalId, name, attributes }: InboundSender, caller: Caller<ChannelActor>): Promise<FoundCustomer> {
    try {
      return await this.bus.request(identifyCustomer, { channelId, externalId, ...(name !== undefined && { name }), ...(attributes && { attributes }) }, caller);
    } catch (error) {
      throw error instanceof AppError && error.errors ? underSender(error, error.errors) : error;
    }
  }
}

/** Whoever sent the message knows its fields by their place in it. */
function underSender({ code, message, details }: AppError, errors: NonNullable<AppError['errors']>): AppError {
  return new AppError(code, `sender.${message}`, { details, errors: errors.map(({ path, message }) => ({ path: `sender.${path}`, message })) });
}
