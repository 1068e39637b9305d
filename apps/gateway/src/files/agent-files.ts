import { Injectable } from '@nestjs/common';
import { AppError, type AgentActor, type Caller, getConversation, notFound } from '@relevo/contracts';
import { MessageBus } from '@relevo/messaging';
import { ReferredFiles } from './referred-files.js';
import { uploaderOf } from './uploader.js';
import type { UploadRecord } from './upload.schema.js';
import { Uploads } from './uploads.js';

/** Files as agents may see them: those of conversations that they see, and those that they have not sent yet. */
@Injectable()
export class AgentFiles {
  constructor(
    private readonly uploads: Uploads,
    private readonly referred: ReferredFiles,
    private readonly bus: MessageBus,
  ) {}

  /** `NOT_FOUND` alike for what does not exist and what the agent may not see (product rule "Sight"). */
  async seenBy(id: string, caller: Caller<AgentActor>): Promise<UploadRecord> {
    const { actor } = caller;
    const file = await this.uploads.find(actor.workspaceId, id);
    if (!file) throw notFound('attachment');
    const binding = await this.referred.bindingOf(file);
    if (binding) await this.assertSeen(binding.conversationId, caller);
    else if (file.uploader !== uploaderOf.agent(actor.id)) throw notFound('attachment');
    return file;
  }

  private async assertSeen(conversationId: string, caller: Caller<AgentActor>): Promise<void> {
    try {
      await this.bus.request(getConversation, { conversationId }, caller);
    } catch (error) {
      throw error instanceof AppError && error.code === 'NOT_FOUND' ? notFound('attachment') : error;
    }
  }
}
