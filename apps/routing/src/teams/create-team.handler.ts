import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, CreateTeam, createTeam, entryActorOf, type SystemActor, type TeamView, workspaceOf } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { WorkspaceJournal } from '../workspaces/workspace.journal.js';
import { teamIdOf, teamView } from './team.js';
import { TeamJournal } from './team.journal.js';

@Controller()
export class CreateTeamHandler {
  constructor(
    private readonly teams: TeamJournal,
    private readonly workspaces: WorkspaceJournal,
  ) {}

  @Handles(createTeam)
  async handle(request: CreateTeam, { actor }: Caller<AgentActor | SystemActor>): Promise<TeamView> {
    const workspaceId = workspaceOf(actor);
    await this.workspaces.get(workspaceId);
    const aggregateId = teamIdOf(workspaceId, request.commandId);
    const { state } = await this.teams.append({
      workspaceId,
      aggregateId,
      command: { type: 'create', by: entryActorOf(actor), name: request.name, assignment: request.assignment ?? 'manual' },
      ...commandKeyOf(actor, 'create-team', request),
    });
    return teamView(aggregateId, state);
  }
}
