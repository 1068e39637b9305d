import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, ReleaseConversation, type ConversationChanged, releaseConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';

@Controller()
export class ReleaseConversationHandler {
  constructor(private readonly commands: AgentCommands) {}

  @Handles(releaseConversation)
  handle(request: ReleaseConversation, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    return this.commands.run(request, caller, { type: 'release', agent: caller.actor });
  }
}
