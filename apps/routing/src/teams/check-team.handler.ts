import { Controller } from '@nestjs/common';
import { type Caller, checkTeam, type CheckedTeam, GetTeam, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { TeamJournal } from './team.journal.js';

@Controller()
export class CheckTeamHandler {
  constructor(private readonly teams: TeamJournal) {}

  @Handles(checkTeam)
  async handle({ teamId }: GetTeam, { actor }: Caller<SystemActor>): Promise<CheckedTeam> {
    const team = await this.teams.load(teamId);
    return { exists: team?.workspaceId === workspaceOf(actor) };
  }
}
