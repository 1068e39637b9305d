import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, MarkConversationUnread, type ConversationChanged, markConversationUnread } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';

@Controller()
export class MarkConversationUnreadHandler {
  constructor(private readonly commands: AgentCommands) {}

  @Handles(markConversationUnread)
  handle(request: MarkConversationUnread, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    return this.commands.run(request, caller, { type: 'mark-unread', agent: caller.actor });
  }
}
