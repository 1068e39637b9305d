import { Controller } from '@nestjs/common';
import { type AgentInWorkspace, type Caller, FindAgent, findAgent, GetAgent, getAgent, notFound, type SystemActor } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Credentials } from '../passwords/credentials.js';
import { Standings } from '../presence/standings.js';
import { workspaceView } from '../workspaces/workspace.js';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';
import { agentIdOf, settingsOf } from './agent.js';
import { AgentJournal } from './agent.journal.js';

@Controller()
export class GetAgentHandler {
  constructor(
    private readonly agents: AgentJournal,
    private readonly workspaces: WorkspaceJournal,
    private readonly credentials: Credentials,
    private readonly standings: Standings,
  ) {}

  @Handles(getAgent)
  async handle({ agentId }: GetAgent, { actor }: Caller<SystemActor>): Promise<AgentInWorkspace> {
    const agent = await this.agents.get(agentId);
    if (actor.workspaceId !== undefined && actor.workspaceId !== agent.workspaceId) throw notFound('agent');
    const [workspace, credentialId, view] = await Promise.all([this.workspaces.get(agent.workspaceId), this.credentials.idOf(agentId), this.standings.view(agentId, agent)]);
    return { agent: view, workspace: workspaceView(workspace), settings: settingsOf(agent), credentialId };
  }

  /** An agent's id follows from their email. */
  @Handles(findAgent)
  find({ email }: FindAgent, caller: Caller<SystemActor>): Promise<AgentInWorkspace> {
    return this.handle({ agentId: agentIdOf(email) }, caller);
  }
}
