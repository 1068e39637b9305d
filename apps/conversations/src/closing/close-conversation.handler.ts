import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, CloseConversation, type ConversationChanged, closeConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';

@Controller()
export class CloseConversationHandler {
  constructor(private readonly commands: AgentCommands) {}

  @Handles(closeConversation)
  handle(request: CloseConversation, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    return this.commands.run(request, caller, { type: 'close', agent: caller.actor });
  }
}
