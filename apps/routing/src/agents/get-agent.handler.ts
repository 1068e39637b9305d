import { Controller } from '@nestjs/common';
import { type AgentInWorkspace, type Caller, FindAgent, findAgent, GetAgent, getAgent, notFound, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Credentials } from '../passwords/credentials.js';
import { workspaceView } from '../workspaces/workspace.js';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';
import { agentIdOf, agentView } from './agent.js';
import { AgentJournal } from './agent.journal.js';

@Controller()
export class GetAgentHandler {
  constructor(
    private readonly agents: AgentJournal,
    private readonly workspaces: WorkspaceJournal,
    private readonly credentials: Credentials,
  ) {}

  @Handles(getAgent)
  async handle({ agentId }: GetAgent, { actor }: Caller<SystemActor>): Promise<AgentInWorkspace> {
    const agent = await this.agents.get(agentId);
    if (actor.workspaceId !== undefined && actor.workspaceId !== agent.workspaceId) throw notFound('agent');
    const [workspace, credentialId] = await Promise.all([this.workspaces.get(agent.workspaceId), this.credentials.idOf(agentId)]);
    return { agent: agentView(agentId, agent), workspace: workspaceView(workspace), credentialId };
  }

  /** An agent's id follows from their email. */
  @Handles(findAgent)
  find({ email }: FindAgent, caller: Caller<SystemActor>): Promise<AgentInWorkspace> {
    return this.handle({ agentId: agentIdOf(email) }, caller);
  }
}
