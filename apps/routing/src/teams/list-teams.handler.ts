import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, ListTeams, listTeams, type SystemActor, type TeamList, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { TeamJournal } from './team.journal.js';

@Controller()
export class ListTeamsHandler {
  constructor(private readonly teams: TeamJournal) {}

  @Handles(listTeams)
  async handle(_request: ListTeams, { actor }: Caller<AgentActor | SystemActor>): Promise<TeamList> {
    return { items: await this.teams.inWorkspace(workspaceOf(actor)), nextCursor: null };
  }
}
