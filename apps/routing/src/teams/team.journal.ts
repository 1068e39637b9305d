import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { notFound, type TeamView } from '@relevo/contracts';
import { Journal, type Projection } from '@relevo/journal';
import { EventPublisher } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { teamAggregate, type TeamCommand, type TeamEntry, type TeamState, teamView } from './team.js';

/** A workspace's teams are a short list; what is beyond it is a fault of whoever makes them. */
const maxTeams = 1_000;

@Injectable()
export class TeamJournal extends Journal<TeamState, TeamEntry, TeamCommand> {
  constructor(@InjectConnection() connection: Connection, clock: Clock, publisher: EventPublisher) {
    super(teamAggregate, connection, clock, publisher);
  }

  /** All teams of a workspace, by name. */
  async inWorkspace(workspaceId: string): Promise<TeamView[]> {
    const found = await this.store.projections.find({ workspaceId }).sort({ name: 1, _id: 1 }).limit(maxTeams).toArray();
    return (found as Projection<TeamState>[]).map((team) => teamView(team._id, team));
  }

  /** `NOT_FOUND` unless each of them is a team of the workspace: another's is answered like none. */
  async requireIn(workspaceId: string, teamIds: readonly string[]): Promise<void> {
    const teams = await Promise.all(teamIds.map((id) => this.load(id)));
    if (teams.some((team) => team?.workspaceId !== workspaceId)) throw notFound('team');
  }
}
