import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, ClaimConversation, type ConversationChanged, claimConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';

@Controller()
export class ClaimConversationHandler {
  constructor(private readonly commands: AgentCommands) {}

  @Handles(claimConversation)
  handle(request: ClaimConversation, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    return this.commands.run(request, caller, { type: 'claim', agent: caller.actor });
  }
}
