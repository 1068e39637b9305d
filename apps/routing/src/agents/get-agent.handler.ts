import { Controller } from '@nestjs/common';
import { type AgentInWorkspace, type Caller, GetAgent, getAgent, notFound, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { workspaceView } from '../workspaces/workspace.js';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';
import { agentView } from './agent.js';
import { AgentJournal } from './agent.journal.js';

@Controller()
export class GetAgentHandler {
  constructor(
    private readonly agents: AgentJournal,
    private readonly workspaces: WorkspaceJournal,
  ) {}

  @Handles(getAgent)
  async handle({ agentId }: GetAgent, { actor }: Caller<SystemActor>): Promise<AgentInWorkspace> {
    const agent = await this.agents.get(agentId);
    if (actor.workspaceId !== undefined && actor.workspaceId !== agent.workspaceId) throw notFound('agent');
    return { agent: agentView(agentId, agent), workspace: workspaceView(await this.workspaces.get(agent.workspaceId)) };
  }
}
