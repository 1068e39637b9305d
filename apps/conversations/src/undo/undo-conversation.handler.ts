import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationChanged, UndoConversation, undoConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';

@Controller()
export class UndoConversationHandler {
  constructor(private readonly commands: AgentCommands) {}

  @Handles(undoConversation)
  handle(request: UndoConversation, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    return this.commands.run(request, caller, { type: 'undo', agent: caller.actor });
  }
}
