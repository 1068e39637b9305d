import { Controller } from '@nestjs/common';
import { type AgentActor, type AttributeList, type Caller, ListAttributes, listAttributes, pageOf, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { catalogueIdOf } from './catalogue.js';
import { CatalogueJournal } from './catalogue.journal.js';

@Controller()
export class ListAttributesHandler {
  constructor(private readonly catalogues: CatalogueJournal) {}

  @Handles(listAttributes)
  async handle(request: ListAttributes, { actor }: Caller<AgentActor | SystemActor>): Promise<AttributeList> {
    const catalogue = await this.catalogues.load(catalogueIdOf(workspaceOf(actor)));
    return pageOf(catalogue?.definitions ?? [], request, ({ key }) => key);
  }
}
