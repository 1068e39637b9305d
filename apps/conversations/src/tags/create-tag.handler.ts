import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, createTag, CreateTag, type SystemActor, type TagView } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { TagCatalogueJournal } from './tag-catalogue.journal.js';

const defaultColor = '#4c6ef5';

@Controller()
export class CreateTagHandler {
  constructor(private readonly catalogues: TagCatalogueJournal) {}

  @Handles(createTag)
  async handle(request: CreateTag, { actor }: Caller<AgentActor | SystemActor>): Promise<TagView> {
    const { name, color = defaultColor } = request;
    return this.catalogues.create(actor, 'create-tag', request, (id) => ({ id, name: name.trim(), color, archived: false }));
  }
}
