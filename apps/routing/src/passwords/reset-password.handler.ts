import { Controller } from '@nestjs/common';
import { type AgentActor, type AgentView, type Caller, entryActorOf, notFound, resetPassword, ResetPassword, type SystemActor, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { Clock, digestId } from '@relevo/platform';
import { AgentJournal } from '../agents/agent.journal.js';
import { Standings } from '../presence/standings.js';
import { refuseEmailAsPassword } from './choice.js';
import { Credentials } from './credentials.js';
import { PasswordNews } from './password-news.js';

@Controller()
export class ResetPasswordHandler {
  constructor(
    private readonly credentials: Credentials,
    private readonly agents: AgentJournal,
    private readonly news: PasswordNews,
    private readonly standings: Standings,
    private readonly clock: Clock,
  ) {}

  @Handles(resetPassword)
  async handle({ newPassword, ...request }: ResetPassword, { actor }: Caller<AgentActor | SystemActor>): Promise<AgentView> {
    const workspaceId = workspaceOf(actor);
    const { agentId } = request;
    const agent = await this.agents.get(agentId);
    if (agent.workspaceId !== workspaceId) throw notFound('agent');
    refuseEmailAsPassword('newPassword', newPassword, agent.email);
    // Not the password, which no fast digest may hold; `Credentials` compares it.
    const { commandKey } = commandKeyOf(actor, 'reset-password', request);
    // A repeat must not undo what was set after it.
    if ((await this.agents.entryByKey(commandKey)) !== null) await this.credentials.assertRepeated(agentId, newPassword, commandKey);
    else {
      const untold = { commandKey, workspaceId, by: entryActorOf(actor), at: this.clock.now() };
      await this.credentials.replace(agentId, await this.credentials.hash(newPassword), digestId('credential', commandKey), untold);
      await this.news.tell(agentId, untold);
    }
    return this.standings.view(agentId, agent);
  }
}
