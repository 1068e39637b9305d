import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, entryActorOf, type SystemActor, type TeamView, updateTeam, UpdateTeam, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { teamView } from './team.js';
import { TeamJournal } from './team.journal.js';

@Controller()
export class UpdateTeamHandler {
  constructor(private readonly teams: TeamJournal) {}

  @Handles(updateTeam)
  async handle(request: UpdateTeam, { actor }: Caller<AgentActor | SystemActor>): Promise<TeamView> {
    const workspaceId = workspaceOf(actor);
    const { teamId, commandId: _, ...change } = request;
    await this.teams.requireIn(workspaceId, [teamId]);
    const { state } = await this.teams.append({
      workspaceId,
      aggregateId: teamId,
      command: { type: 'change', by: entryActorOf(actor), change },
      ...commandKeyOf(actor, 'update-team', request),
    });
    return teamView(teamId, state);
  }
}
