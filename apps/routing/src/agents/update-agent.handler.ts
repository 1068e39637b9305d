import { Controller } from '@nestjs/common';
import { type AgentActor, type AgentView, AppError, type Caller, entryActorOf, notFound, type SystemActor, updateAgent, UpdateAgent, workspaceOf } from '@relevo/contracts';
import { type CommandKey, commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { Credentials } from '../passwords/credentials.js';
import { Standings } from '../presence/standings.js';
import { TeamJournal } from '../teams/team.journal.js';
import { Admins } from '../workspaces/admins.js';
import { type AgentChange, AgentMovedOn, type ChangeAgentCommand, endsAdmin, isActive, isActiveAdmin } from './agent.js';
import { AgentJournal } from './agent.journal.js';

/** Changes of one agent's standing are an admin's, one at a time; more lost races than this are not people's. */
const maxAttempts = 10;

/**
 * Who leaves the admins is first taken off the workspace's count, which refuses the last one; who joins is counted
 * after. So a crash in between leaves at most an admin who is not counted, never one counted who is none.
 */
@Controller()
export class UpdateAgentHandler {
  constructor(
    private readonly agents: AgentJournal,
    private readonly teams: TeamJournal,
    private readonly admins: Admins,
    private readonly credentials: Credentials,
    private readonly standings: Standings,
  ) {}

  @Handles(updateAgent)
  async handle(request: UpdateAgent, { actor }: Caller<AgentActor | SystemActor>): Promise<AgentView> {
    const workspaceId = workspaceOf(actor);
    const { agentId, commandId: _, teamIds, ...rest } = request;
    const change: AgentChange = { ...rest, ...(teamIds && { teamIds: [...new Set(teamIds)] }) };
    await this.teams.requireIn(workspaceId, change.teamIds ?? []);
    const command = { type: 'change', by: entryActorOf(actor), change } as const;
    const key = commandKeyOf(actor, 'update-agent', request);
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      try {
        return await this.change(workspaceId, agentId, command, key);
      } catch (error) {
        if (!(error instanceof AgentMovedOn)) throw error;
      }
    }
    throw new AppError('TIMEOUT', 'Too many changes at once. Try again.');
  }

  private async change(workspaceId: string, aggregateId: string, command: ChangeAgentCommand, key: CommandKey): Promise<AgentView> {
    const agent = await this.agents.get(aggregateId);
    if (agent.workspaceId !== workspaceId) throw notFound('agent');
    const { role, active } = command.change;
    const changesStanding = role !== undefined || active !== undefined;
    // A repeat does nothing more: the agent may have become an admin again since.
    const isRepeat = changesStanding && (await this.agents.entryByKey(key.commandKey)) !== null;
    // Before they may sign in again, so that no session of before comes back to life with them.
    if (!isRepeat && active && !isActive(agent)) await this.credentials.renew(aggregateId);
    if (!isRepeat && endsAdmin(agent, command.change)) await this.admins.leave(workspaceId, aggregateId, agent.seq + 1);
    const asOf = changesStanding ? { asOf: agent.seq } : {};
    const { state } = await this.agents.append({ workspaceId, aggregateId, command: { ...command, ...asOf }, ...key });
    if (isActiveAdmin(state)) await this.admins.join(workspaceId, aggregateId, state.seq);
    return this.standings.view(aggregateId, state);
  }
}
