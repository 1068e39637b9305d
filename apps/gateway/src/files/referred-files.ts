import { Injectable } from '@nestjs/common';
import { findAttachments } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import type { Binding, UploadRecord } from './upload.schema.js';
import { Uploads } from './uploads.js';

/** What messages refer to, asked of their owner where a crash, or an answer that did not come, left it open. */
@Injectable()
export class ReferredFiles {
  constructor(
    private readonly uploads: Uploads,
    private readonly bus: MessageBus,
  ) {}

  /** Where a message refers to it; null while none does. */
  async bindingOf(file: UploadRecord): Promise<Binding | null> {
    // What no command ever named is in no message.
    if (file.binding || !file.claim) return file.binding;
    const { items } = await this.bus.request(findAttachments, { attachmentIds: [file._id] }, systemCaller('gateway', file.workspaceId));
    const [found] = items;
    if (!found) return null;
    const binding = { conversationId: found.conversationId, channelId: found.channelId };
    await this.uploads.bind([file._id], binding);
    return binding;
  }
}
