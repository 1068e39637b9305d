import { Controller } from '@nestjs/common';
import { type Caller, type ChannelActor, CheckOwnAttachment, checkOwnAttachment, notFound, type OwnAttachment } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ownIdentityKey } from '../public/own-identity.js';
import { AttachmentPlaces } from './attachment-places.js';

/** Whether a file is in a message that this customer sees: of messages they see all. */
@Controller()
export class CheckOwnAttachmentHandler {
  constructor(private readonly places: AttachmentPlaces) {}

  @Handles(checkOwnAttachment)
  async handle({ attachmentId, ...identity }: CheckOwnAttachment, { actor }: Caller<ChannelActor>): Promise<OwnAttachment> {
    const identityKey = ownIdentityKey(actor, identity);
    const place = await this.places.find(actor.workspaceId, attachmentId);
    if (place?.state.identityKey !== identityKey) throw notFound('attachment');
    return {};
  }
}
