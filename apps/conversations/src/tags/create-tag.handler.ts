import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, createTag, CreateTag, entryActorOf, type SystemActor, type TagView, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { digestId } from '@relevo/platform';
import { tagCatalogueIdOf } from './tag-catalogue.js';
import { TagCatalogueJournal } from './tag-catalogue.journal.js';

const defaultColor = '#4c6ef5';

@Controller()
export class CreateTagHandler {
  constructor(private readonly catalogues: TagCatalogueJournal) {}

  @Handles(createTag)
  async handle(request: CreateTag, { actor }: Caller<AgentActor | SystemActor>): Promise<TagView> {
    const workspaceId = workspaceOf(actor);
    const key = commandKeyOf(actor, 'create-tag', request);
    const tag = { id: digestId('tag', key.commandKey), name: request.name.trim(), color: request.color ?? defaultColor, archived: false };
    const { entry } = await this.catalogues.append({
      workspaceId,
      aggregateId: tagCatalogueIdOf(workspaceId),
      command: { type: 'create', by: entryActorOf(actor), tag },
      ...key,
    });
    return entry?.data ?? tag;
  }
}
