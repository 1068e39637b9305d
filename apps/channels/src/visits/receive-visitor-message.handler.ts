import { Controller } from '@nestjs/common';
import { AppError, type AttachmentView, type Caller, type ChannelActor, type EntryData, notFound, type PublicEntry, ReceiveVisitorMessage, receiveVisitorMessage } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { digestId } from '@relevo/platform';
import { Channels } from '../channels/channels.js';
import { Reception } from '../inbound/reception.js';

/** A message from a channel's widget: by whoever `openVisit` let in, which the gateway vouches for. */
@Controller()
export class ReceiveVisitorMessageHandler {
  constructor(
    private readonly channels: Channels,
    private readonly reception: Reception,
  ) {}

  @Handles(receiveVisitorMessage)
  async handle({ channelId, externalId, commandId, name, text, attachments }: ReceiveVisitorMessage, { actor, correlationId }: Caller<ChannelActor>): Promise<PublicEntry> {
    if (actor.id !== channelId) throw new AppError('FORBIDDEN', 'A channel speaks for its own customers only.');
    const channel = await this.channels.find(channelId);
    if (channel?.kind !== 'webchat' || channel.workspaceId !== actor.workspaceId) throw notFound('channel');
    // Of the visitor too: a commandId is only theirs to repeat.
    const externalMessageId = digestId('visitor-message', externalId, commandId);
    const entry = await this.reception.receive({ channelId, channel, sender: { externalId, ...(name !== undefined && { name }) }, externalMessageId, content: { ...(text !== undefined && { text }), ...(attachments && { attachments }) }, correlationId });
    if (!isOf(entry.data as EntryData['message'], text, attachments)) {
      throw new AppError('CONFLICT', 'commandId: was used for another message', { errors: [{ path: 'commandId', message: 'was used for another message' }] });
    }
    return entry;
  }
}

/** Whether that is the content of the entry, and so of the first message with its commandId. */
function isOf(entry: EntryData['message'], text = '', attachments: readonly AttachmentView[] = []): boolean {
  return entry.text === text && entry.attachments.length === attachments.length && entry.attachments.every(({ id }, place) => id === attachments[place]?.id);
}
