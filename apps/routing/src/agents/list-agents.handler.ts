import { Controller } from '@nestjs/common';
import { type AgentActor, type AgentList, type Caller, ListAgents, listAgents, pageOf, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { AgentJournal } from './agent.journal.js';

@Controller()
export class ListAgentsHandler {
  constructor(private readonly agents: AgentJournal) {}

  @Handles(listAgents)
  async handle(request: ListAgents, { actor }: Caller<AgentActor | SystemActor>): Promise<AgentList> {
    return pageOf(await this.agents.inWorkspace(workspaceOf(actor)), request, ({ id }) => id);
  }
}
