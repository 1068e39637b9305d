import { Controller } from '@nestjs/common';
import { type AgentActor, type AttributeDefinition, type Caller, entryActorOf, notFound, type SystemActor, updateAttribute, UpdateAttribute, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { catalogueIdOf } from './catalogue.js';
import { CatalogueJournal } from './catalogue.journal.js';

@Controller()
export class UpdateAttributeHandler {
  constructor(private readonly catalogues: CatalogueJournal) {}

  @Handles(updateAttribute)
  async handle(request: UpdateAttribute, { actor }: Caller<AgentActor | SystemActor>): Promise<AttributeDefinition> {
    const workspaceId = workspaceOf(actor);
    const { key, label, required, readOnly, options } = request;
    const changes = {
      ...(label !== undefined && { label }),
      ...(required !== undefined && { required }),
      ...(readOnly !== undefined && { readOnly }),
      ...(options !== undefined && { options }),
    };
    const { entry, state } = await this.catalogues.append({
      workspaceId,
      aggregateId: catalogueIdOf(workspaceId),
      command: { type: 'change', by: entryActorOf(actor), key, changes },
      ...commandKeyOf(actor, 'update-attribute', request),
    });
    const definition = entry?.data ?? state.definitions.find((known) => known.key === key);
    if (!definition) throw notFound('attribute');
    return definition;
  }
}
