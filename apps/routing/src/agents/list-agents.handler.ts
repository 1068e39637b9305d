import { Controller } from '@nestjs/common';
import { type AgentActor, type AgentList, type Caller, ListAgents, listAgents, pageOf, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Standings } from '../presence/standings.js';
import { AgentJournal } from './agent.journal.js';

@Controller()
export class ListAgentsHandler {
  constructor(
    private readonly agents: AgentJournal,
    private readonly standings: Standings,
  ) {}

  @Handles(listAgents)
  async handle(request: ListAgents, { actor }: Caller<AgentActor | SystemActor>): Promise<AgentList> {
    const workspaceId = workspaceOf(actor);
    const { items, nextCursor } = pageOf(await this.agents.inWorkspace(workspaceId), request, ({ _id }) => _id);
    return { items: await this.standings.views(workspaceId, items), nextCursor };
  }
}
