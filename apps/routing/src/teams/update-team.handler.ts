import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, entryActorOf, type SystemActor, type TeamView, updateTeam, UpdateTeam, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { Archiving } from './archiving.js';
import { teamView } from './team.js';
import { TeamJournal } from './team.journal.js';

@Controller()
export class UpdateTeamHandler {
  constructor(
    private readonly teams: TeamJournal,
    private readonly archiving: Archiving,
  ) {}

  @Handles(updateTeam)
  async handle(request: UpdateTeam, { actor }: Caller<AgentActor | SystemActor>): Promise<TeamView> {
    const workspaceId = workspaceOf(actor);
    const { teamId, commandId: _, ...change } = request;
    await this.teams.requireIn(workspaceId, [teamId]);
    const key = commandKeyOf(actor, 'update-team', request);
    if (change.archived) await this.archiving.requireUnused(workspaceId, teamId, key.commandKey);
    const { entry, state } = await this.teams.append({ workspaceId, aggregateId: teamId, command: { type: 'change', by: entryActorOf(actor), change }, ...key });
    if (change.archived && entry) await this.archiving.confirm(workspaceId, teamId, entry.seq);
    return teamView(teamId, state);
  }
}
