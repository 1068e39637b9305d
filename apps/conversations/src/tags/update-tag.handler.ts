import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type SystemActor, type TagView, updateTag, UpdateTag } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { given } from '../catalogue/given.js';
import { TagCatalogueJournal } from './tag-catalogue.journal.js';

@Controller()
export class UpdateTagHandler {
  constructor(private readonly catalogues: TagCatalogueJournal) {}

  /** Conversations refer to a tag by its id: a new name is theirs at once. */
  @Handles(updateTag)
  async handle(request: UpdateTag, { actor }: Caller<AgentActor | SystemActor>): Promise<TagView> {
    const { tagId, name, color, archived } = request;
    return this.catalogues.change(actor, 'update-tag', request, tagId, given({ name: name?.trim(), color, archived }));
  }
}
