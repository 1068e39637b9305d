import { AppError, type AssignmentMode, type EntryActor, routingEvents, type TeamView } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

interface TeamCreated {
  name: string;
  assignment: AssignmentMode;
}

export interface TeamState extends AggregateState, TeamCreated {
  archived: boolean;
}

export type TeamEntry = JournalEntry<'team-created', TeamCreated>;

export interface CreateTeamCommand extends TeamCreated {
  type: 'create';
  by: EntryActor;
}

export const teamIdOf = (workspaceId: string, commandId: string): string => digestId('team', workspaceId, commandId);

export const teamView = (id: string, { name, assignment, archived }: TeamState): TeamView => ({ id, name, assignment, archived });

function decide(state: TeamState | null, { by, name, assignment }: CreateTeamCommand): Decision<TeamEntry> {
  if (state !== null) throw new AppError('CONFLICT', 'commandId: was used by somebody else', { errors: [{ path: 'commandId', message: 'was used by somebody else' }] });
  return { type: 'team-created', actor: by, data: { name, assignment } };
}

export const teamAggregate: Aggregate<TeamState, TeamEntry, CreateTeamCommand> = {
  noun: 'team',
  indexes: [{ key: { workspaceId: 1, name: 1, _id: 1 } }],
  decide,
  fold: (_state, { workspaceId, seq, at, data }) => ({ workspaceId, seq, at, name: data.name, assignment: data.assignment, archived: false }),
  toEvents: (_before, after, { workspaceId, aggregateId, seq, type }) => [
    outgoing({
      contract: routingEvents,
      workspaceId,
      aggregateId,
      seq,
      fact: type,
      payload: { noun: 'team', workspaceId, team: teamView(aggregateId, after) },
    }),
  ],
};
