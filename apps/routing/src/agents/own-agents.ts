import { Injectable } from '@nestjs/common';
import { type AgentActor, type MeView, notFound } from '@relevo/contracts';
import { Standings } from '../presence/standings.js';
import { workspaceView } from '../workspaces/workspace.js';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';
import { type AgentState, settingsOf } from './agent.js';
import { AgentJournal } from './agent.journal.js';

/** Agents as they see themselves. */
@Injectable()
export class OwnAgents {
  constructor(
    private readonly agents: AgentJournal,
    private readonly workspaces: WorkspaceJournal,
    private readonly standings: Standings,
  ) {}

  async get({ id, workspaceId }: AgentActor): Promise<AgentState> {
    const agent = await this.agents.get(id);
    if (agent.workspaceId !== workspaceId) throw notFound('agent');
    return agent;
  }

  async view(id: string, agent: AgentState): Promise<MeView> {
    const [view, workspace] = await Promise.all([this.standings.view(id, agent), this.workspaces.get(agent.workspaceId)]);
    return { ...view, workspace: workspaceView(workspace), settings: settingsOf(agent) };
  }
}
