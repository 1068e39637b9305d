import { Controller } from '@nestjs/common';
import { type AgentActor, type AgentView, type Caller, CreateAgent, createAgent, entryActorOf, type SystemActor, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { refuseEmailAsPassword } from '../passwords/choice.js';
import { Credentials } from '../passwords/credentials.js';
import { Standings } from '../presence/standings.js';
import { TeamJournal } from '../teams/team.journal.js';
import { Admins } from '../workspaces/admins.js';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';
import { agentIdOf, defaultCapacity, isActiveAdmin } from './agent.js';
import { AgentJournal } from './agent.journal.js';

/**
 * The journal first, for it decides whose the email is; the password after. A crash between the two leaves an agent who
 * cannot log in, and repeating the command gives them the password. The other way round, whoever loses the race for an
 * email could leave their password to the winner.
 */
@Controller()
export class CreateAgentHandler {
  constructor(
    private readonly agents: AgentJournal,
    private readonly teams: TeamJournal,
    private readonly workspaces: WorkspaceJournal,
    private readonly admins: Admins,
    private readonly credentials: Credentials,
    private readonly standings: Standings,
  ) {}

  @Handles(createAgent)
  async handle({ password, ...request }: CreateAgent, { actor }: Caller<AgentActor | SystemActor>): Promise<AgentView> {
    const workspaceId = workspaceOf(actor);
    refuseEmailAsPassword('password', password, request.email);
    const teamIds = [...new Set(request.teamIds)];
    await this.workspaces.get(workspaceId);
    await this.teams.requireIn(workspaceId, teamIds);
    const { name, email, role, capacity = defaultCapacity } = request;
    const aggregateId = agentIdOf(email);
    // Not the password: a fingerprint is a fast digest, and would make it easy to guess. `Credentials` compares it.
    const key = commandKeyOf(actor, 'create-agent', request);
    const hash = await this.credentials.hash(password);
    const { state } = await this.agents.append({
      workspaceId,
      aggregateId,
      command: { type: 'create', by: entryActorOf(actor), name, email, role, capacity, teamIds },
      ...key,
    });
    await this.credentials.setFirst(aggregateId, { password, hash }, key.commandKey);
    if (isActiveAdmin(state)) await this.admins.join(workspaceId, aggregateId, state.seq);
    return this.standings.view(aggregateId, state);
  }
}
