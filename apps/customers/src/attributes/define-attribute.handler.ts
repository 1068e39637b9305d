import { Controller } from '@nestjs/common';
import {
  type AgentActor,
  type AttributeDefinition,
  type Caller,
  DefineAttribute,
  defineAttribute,
  entryActorOf,
  type SystemActor,
  workspaceOf,
} from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { catalogueIdOf } from './catalogue.js';
import { CatalogueJournal } from './catalogue.journal.js';

@Controller()
export class DefineAttributeHandler {
  constructor(private readonly catalogues: CatalogueJournal) {}

  @Handles(defineAttribute)
  async handle(request: DefineAttribute, { actor }: Caller<AgentActor | SystemActor>): Promise<AttributeDefinition> {
    const workspaceId = workspaceOf(actor);
    const { key, label, type, required = false, readOnly = false, options = [] } = request;
    const definition = { key, label, type, required, readOnly, options };
    const { entry } = await this.catalogues.append({
      workspaceId,
      aggregateId: catalogueIdOf(workspaceId),
      command: { type: 'define', by: entryActorOf(actor), definition },
      ...commandKeyOf(actor, 'define-attribute', request),
    });
    return entry?.data ?? definition;
  }
}
