import { Controller } from '@nestjs/common';
import { type Caller, GetTeam, getTeam, notFound, type SystemActor, type TeamView, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { teamView } from './team.js';
import { TeamJournal } from './team.journal.js';

@Controller()
export class GetTeamHandler {
  constructor(private readonly teams: TeamJournal) {}

  @Handles(getTeam)
  async handle({ teamId }: GetTeam, { actor }: Caller<SystemActor>): Promise<TeamView> {
    const team = await this.teams.get(teamId);
    if (team.workspaceId !== workspaceOf(actor)) throw notFound('team');
    return teamView(teamId, team);
  }
}
