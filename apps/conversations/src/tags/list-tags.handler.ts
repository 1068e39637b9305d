import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, ListTags, listTags, pageOf, type SystemActor, type TagList, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { tagCatalogueIdOf } from './tag-catalogue.js';
import { TagCatalogueJournal } from './tag-catalogue.journal.js';

@Controller()
export class ListTagsHandler {
  constructor(private readonly catalogues: TagCatalogueJournal) {}

  @Handles(listTags)
  async handle(request: ListTags, { actor }: Caller<AgentActor | SystemActor>): Promise<TagList> {
    const catalogue = await this.catalogues.load(tagCatalogueIdOf(workspaceOf(actor)));
    const items = [...(catalogue?.tags ?? [])].sort((a, b) => a.name.localeCompare(b.name, 'es') || (a.id < b.id ? -1 : 1));
    return pageOf(items, request, ({ id }) => id);
  }
}
