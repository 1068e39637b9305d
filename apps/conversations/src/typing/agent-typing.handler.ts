import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, entryActorOf, StartTyping, startTyping, StopTyping, stopTyping, type TypingTold } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { ConversationJournal } from '../conversation/conversation.journal.js';
import { mayAct, seenBy } from '../conversation/sight.js';
import { TypingNotices } from './typing-notices.js';

/** Colleagues are told of whoever writes; the customer only of those who may answer. */
@Controller()
export class AgentTypingHandler {
  constructor(
    private readonly journal: ConversationJournal,
    private readonly notices: TypingNotices,
  ) {}

  @Handles(startTyping)
  start({ conversationId }: StartTyping, { actor }: Caller<AgentActor>): Promise<TypingTold> {
    return this.tell(conversationId, actor, false);
  }

  @Handles(stopTyping)
  stop({ conversationId }: StopTyping, { actor }: Caller<AgentActor>): Promise<TypingTold> {
    return this.tell(conversationId, actor, true);
  }

  private async tell(conversationId: string, agent: AgentActor, stopped: boolean): Promise<TypingTold> {
    const state = seenBy(agent, await this.journal.load(conversationId));
    if (state.status === 'closed') return {};
    const actor = entryActorOf(agent);
    this.notices.toAgents(conversationId, state, actor, stopped);
    if (mayAct(agent, state)) this.notices.toCustomer(conversationId, state, actor, stopped);
    return {};
  }
}
