import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type ConversationChanged, invalid, TransferConversation, transferConversation } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentCommands } from '../conversation/agent-commands.js';
import type { TransferTarget } from '../conversation/conversation.js';
import { TransferTargets } from './transfer-targets.js';

@Controller()
export class TransferConversationHandler {
  constructor(
    private readonly commands: AgentCommands,
    private readonly targets: TransferTargets,
  ) {}

  @Handles(transferConversation)
  async handle(request: TransferConversation, caller: Caller<AgentActor>): Promise<ConversationChanged> {
    const { note = null, force = false } = request;
    const target = await this.targetOf(request, caller);
    return this.commands.run(request, caller, { type: 'transfer', agent: caller.actor, target, note, force });
  }

  private targetOf({ agentId, teamId }: TransferConversation, { actor, correlationId }: Caller<AgentActor>): Promise<TransferTarget> {
    if (agentId !== undefined && teamId !== undefined) throw invalid('teamId', 'cannot be given together with agentId');
    if (agentId !== undefined) return this.targets.agent(agentId, actor.workspaceId, correlationId);
    if (teamId !== undefined) return this.targets.team(teamId, actor.workspaceId, correlationId);
    throw invalid('agentId', 'must be given, or teamId');
  }
}
