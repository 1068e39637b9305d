import { Controller } from '@nestjs/common';
import { type AttachmentView, type Caller, type ChannelActor, notFound, PrepareVoice, type PreparedVoice, prepareVoice } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { OggVoices } from './ogg-voices.js';
import { ReferredFiles } from './referred-files.js';
import { attachmentOf, Uploads } from './uploads.js';

/** Asked before a channel's system is told of a message: what it is told of the files must be what it then gets. */
@Controller()
export class PrepareVoiceHandler {
  constructor(
    private readonly uploads: Uploads,
    private readonly referred: ReferredFiles,
    private readonly voices: OggVoices,
  ) {}

  @Handles(prepareVoice)
  async handle({ attachmentIds }: PrepareVoice, { actor: { workspaceId, id: channelId } }: Caller<ChannelActor>): Promise<PreparedVoice> {
    const items: AttachmentView[] = [];
    for (const id of attachmentIds) {
      const file = await this.uploads.find(workspaceId, id);
      const binding = file && (await this.referred.bindingOf(file));
      if (!file || binding?.channelId !== channelId) throw notFound('attachment');
      const { name, mediaType, size } = await this.voices.of(file, binding);
      items.push({ ...attachmentOf(file), name, mediaType, size });
    }
    return { items };
  }
}
