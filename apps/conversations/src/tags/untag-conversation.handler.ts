import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationChanged, UntagConversation, untagConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';

@Controller()
export class UntagConversationHandler {
  constructor(private readonly commands: AgentCommands) {}

  @Handles(untagConversation)
  handle(request: UntagConversation, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    return this.commands.run(request, caller, { type: 'untag', agent: caller.actor, tagId: request.tagId });
  }
}
