import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, ListTags, listTags, pageOf, type SystemActor, type TagList, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { TagCatalogueJournal } from './tag-catalogue.journal.js';

@Controller()
export class ListTagsHandler {
  constructor(private readonly catalogues: TagCatalogueJournal) {}

  @Handles(listTags)
  async handle(request: ListTags, { actor }: Caller<AgentActor | SystemActor>): Promise<TagList> {
    const items = [...(await this.catalogues.all(workspaceOf(actor)))].sort((a, b) => a.name.localeCompare(b.name, 'es') || (a.id < b.id ? -1 : 1));
    return pageOf(items, request, ({ id }) => id);
  }
}
