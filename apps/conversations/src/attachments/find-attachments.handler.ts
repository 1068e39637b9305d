import { Controller } from '@nestjs/common';
import { type Caller, FindAttachments, findAttachments, type FoundAttachment, type FoundAttachments, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AttachmentPlaces } from './attachment-places.js';

/** The files' owner asks what it must keep, and for whom, where it was not told in time. */
@Controller()
export class FindAttachmentsHandler {
  constructor(private readonly places: AttachmentPlaces) {}

  @Handles(findAttachments)
  async handle({ attachmentIds }: FindAttachments, { actor }: Caller<SystemActor>): Promise<FoundAttachments> {
    const workspaceId = workspaceOf(actor);
    const found = await Promise.all(attachmentIds.map((attachmentId) => this.find(workspaceId, attachmentId)));
    return { items: found.filter((item) => item !== null) };
  }

  private async find(workspaceId: string, attachmentId: string): Promise<FoundAttachment | null> {
    const place = await this.places.find(workspaceId, attachmentId);
    return place && { attachmentId, conversationId: place.conversationId, channelId: place.state.channelId };
  }
}
