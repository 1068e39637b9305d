import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, MarkConversationRead, type ConversationChanged, markConversationRead } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';

@Controller()
export class MarkConversationReadHandler {
  constructor(private readonly commands: AgentCommands) {}

  @Handles(markConversationRead)
  handle(request: MarkConversationRead, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    return this.commands.run(request, caller, { type: 'read', agent: caller.actor, upToSeq: request.upToSeq, mentionsOnly: request.mentionsOnly });
  }
}
