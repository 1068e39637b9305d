import { Controller } from '@nestjs/common';
import { type AgentActor, type AttributeList, type Caller, ListAttributes, listAttributes, pageOf, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { CatalogueJournal } from './catalogue.journal.js';

@Controller()
export class ListAttributesHandler {
  constructor(private readonly catalogues: CatalogueJournal) {}

  @Handles(listAttributes)
  async handle(request: ListAttributes, { actor }: Caller<AgentActor | SystemActor>): Promise<AttributeList> {
    return pageOf(await this.catalogues.definitions(workspaceOf(actor)), request, ({ key }) => key);
  }
}
