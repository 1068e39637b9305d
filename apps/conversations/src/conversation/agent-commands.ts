import { Injectable } from '@nestjs/common';
import type { AgentActor, Caller, ConversationChanged } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import type { ConversationCommand } from './conversation.js';
import { ConversationJournal } from './conversation.journal.js';
import { ConversationViews } from './conversation-views.js';
import { seenBy } from './sight.js';

/** The way of every agent's command: appended once per commandId, answered with its entry and the conversation now. */
@Injectable()
export class AgentCommands {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly views: ConversationViews,
  ) {}

  async run(
    request: { conversationId: string; commandId: string },
    { actor }: Caller<AgentActor>,
    command: Extract<ConversationCommand, { agent: AgentActor }>,
  ): Promise<ConversationChanged> {
    const { entry, state, repeated } = await this.journal.append({
      workspaceId: actor.workspaceId,
      aggregateId: request.conversationId,
      command,
      ...commandKeyOf(actor, command.type, request),
    });
    // A key is no ticket: whoever lost sight since sees no more of it, save the answer that got lost on its way.
    if (repeated && state.seq !== entry?.seq) seenBy(actor, state);
    return this.views.changed(request.conversationId, state, entry);
  }
}
