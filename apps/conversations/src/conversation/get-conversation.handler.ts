import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationView, GetConversation, getConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from './conversation.journal.js';
import { ConversationViews } from './conversation-views.js';
import { seenBy } from './sight.js';

@Controller()
export class GetConversationHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly views: ConversationViews,
  ) {}

  @Handles(getConversation)
  async handle({ conversationId }: GetConversation, { actor }: Caller<AgentActor>): Promise<ConversationView> {
    return this.views.conversation(conversationId, seenBy(actor, await this.journal.load(conversationId)));
  }
}
