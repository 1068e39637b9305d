import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, listTeams, ListTeams, pageOf, type SystemActor, type TeamList, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { TeamJournal } from './team.journal.js';

@Controller()
export class ListTeamsHandler {
  constructor(private readonly teams: TeamJournal) {}

  @Handles(listTeams)
  async handle(request: ListTeams, { actor }: Caller<AgentActor | SystemActor>): Promise<TeamList> {
    return pageOf(await this.teams.inWorkspace(workspaceOf(actor)), request, ({ id }) => id);
  }
}
