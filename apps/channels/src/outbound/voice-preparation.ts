import { Injectable } from '@nestjs/common';
import { type AttachmentView, prepareVoice } from '@relevo/contracts';
import { MessageBus } from '@relevo/messaging';
import { newId } from '@relevo/platform';
import type { ChannelState } from '../channels/channel.js';

/** Voice messages in the format that a channel wants. The gateway, who has the files, makes it and says what came of it. */
@Injectable()
export class VoicePreparation {
  constructor(private readonly bus: MessageBus) {}

  /** A message's body that says of its voice messages what the receiver will get. Asked again, it says the same. */
  async prepare(channelId: string, { workspaceId, voiceFormat }: ChannelState, body: string): Promise<string> {
    if (voiceFormat !== 'ogg-opus') return body;
    const message = JSON.parse(body) as { attachments?: AttachmentView[] };
    const attachmentIds = (message.attachments ?? []).flatMap(({ id, voice }) => (voice ? [id] : []));
    if (attachmentIds.length === 0) return body;
    const caller = { actor: { kind: 'channel', workspaceId, id: channelId } as const, correlationId: newId() };
    const { items } = await this.bus.request(prepareVoice, { attachmentIds }, caller);
    const prepared = new Map(items.map((item) => [item.id, item]));
    return JSON.stringify({ ...message, attachments: message.attachments?.map((attachment) => prepared.get(attachment.id) ?? attachment) });
  }
}
