import { Controller } from '@nestjs/common';
import { type AgentInWorkspace, AppError, type Caller, type SystemActor, VerifyPassword, verifyPassword } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { agentIdOf, isActive, settingsOf } from '../agents/agent.js';
import { AgentJournal } from '../agents/agent.journal.js';
import { Standings } from '../presence/standings.js';
import { workspaceView } from '../workspaces/workspace.js';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';
import { Credentials } from './credentials.js';

@Controller()
export class VerifyPasswordHandler {
  constructor(
    private readonly credentials: Credentials,
    private readonly agents: AgentJournal,
    private readonly workspaces: WorkspaceJournal,
    private readonly standings: Standings,
  ) {}

  @Handles(verifyPassword)
  async handle({ email, password }: VerifyPassword, _caller: Caller<SystemActor>): Promise<AgentInWorkspace> {
    const agentId = agentIdOf(email);
    const credentialId = await this.credentials.verify(agentId, password);
    const agent = await this.agents.load(agentId);
    if (credentialId === null || agent === null || !isActive(agent)) throw new AppError('UNAUTHENTICATED', 'Email or password is wrong.');
    return { agent: await this.standings.view(agentId, agent), settings: settingsOf(agent), workspace: workspaceView(await this.workspaces.get(agent.workspaceId)), credentialId };
  }
}
