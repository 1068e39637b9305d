import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationChanged, TagConversation, tagConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';
import { TagCatalogueJournal } from './tag-catalogue.journal.js';

@Controller()
export class TagConversationHandler {
  constructor(
    private readonly commands: AgentCommands,
    private readonly catalogues: TagCatalogueJournal,
  ) {}

  @Handles(tagConversation)
  async handle(request: TagConversation, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    const { tagId } = request;
    const tags = await this.catalogues.all(caller.actor.workspaceId);
    const tag = tags.find(({ id }) => id === tagId) ?? null;
    return this.commands.run(request, caller, { type: 'tag', agent: caller.actor, tagId, tag });
  }
}
