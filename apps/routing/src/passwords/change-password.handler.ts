import { Controller } from '@nestjs/common';
import { type AgentInWorkspace, type AppError, type Caller, ChangePassword, changePassword, type EntryActor, invalid, notFound, type SystemActor } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { isActive, settingsOf } from '../agents/agent.js';
import { AgentJournal } from '../agents/agent.journal.js';
import { Standings } from '../presence/standings.js';
import { workspaceView } from '../workspaces/workspace.js';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';
import { refuseEmailAsPassword } from './choice.js';
import { Credentials } from './credentials.js';
import { PasswordNews } from './password-news.js';

const wrong = (): AppError => invalid('currentPassword', 'is wrong');

@Controller()
export class ChangePasswordHandler {
  constructor(
    private readonly credentials: Credentials,
    private readonly agents: AgentJournal,
    private readonly workspaces: WorkspaceJournal,
    private readonly standings: Standings,
    private readonly news: PasswordNews,
    private readonly clock: Clock,
  ) {}

  @Handles(changePassword)
  async handle({ agentId, currentPassword, newPassword, credentialId }: ChangePassword, { actor }: Caller<SystemActor>): Promise<AgentInWorkspace> {
    const agent = await this.agents.get(agentId);
    const { workspaceId } = agent;
    if ((actor.workspaceId !== undefined && actor.workspaceId !== workspaceId) || !isActive(agent)) throw notFound('agent');
    refuseEmailAsPassword('newPassword', newPassword, agent.email);
    const verified = await this.credentials.verify(agentId, currentPassword);
    if (verified === null) throw wrong();
    const by: EntryActor = { kind: 'agent', id: agentId, name: agent.name };
    const { commandKey } = naturalKey('password', agentId, credentialId);
    const untold = { commandKey, workspaceId, by, at: this.clock.now() };
    // Whoever changed it since it was verified made the one given a wrong one.
    if (!(await this.credentials.replace(agentId, await this.credentials.hash(newPassword), credentialId, untold, verified))) throw wrong();
    await this.news.tell(agentId, untold);
    return { agent: await this.standings.view(agentId, agent), settings: settingsOf(agent), workspace: workspaceView(await this.workspaces.get(workspaceId)), credentialId };
  }
}
