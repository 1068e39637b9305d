import { AppError, type AssignmentMode, type EntryActor, notFound, routingEvents, type TeamView } from '@relevo/contracts';
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

/** What an admin may change; only what differs from before is in an entry. */
export type TeamChange = Partial<TeamCreated & { archived: boolean }>;

export type TeamEntry = JournalEntry<'team-created', TeamCreated> | JournalEntry<'team-changed', TeamChange>;

export interface CreateTeamCommand extends TeamCreated {
  type: 'create';
  by: EntryActor;
}

export interface ChangeTeamCommand {
  type: 'change';
  by: EntryActor;
  change: TeamChange;
}

export type TeamCommand = CreateTeamCommand | ChangeTeamCommand;

export const teamIdOf = (workspaceId: string, commandId: string): string => digestId('team', workspaceId, commandId);

export const teamView = (id: string, { name, assignment, archived }: TeamState): TeamView => ({ id, name, assignment, archived });

function decide(state: TeamState | null, command: TeamCommand): Decision<TeamEntry> | null {
  if (command.type === 'create') {
    if (state !== null) throw new AppError('CONFLICT', 'commandId: was used by somebody else', { errors: [{ path: 'commandId', message: 'was used by somebody else' }] });
    return { type: 'team-created', actor: command.by, data: { name: command.name, assignment: command.assignment } };
  }
  if (state === null) throw notFound('team');
  const { name, assignment, archived } = command.change;
  const data: TeamChange = {
    ...(name !== undefined && name !== state.name && { name }),
    ...(assignment !== undefined && assignment !== state.assignment && { assignment }),
    ...(archived !== undefined && archived !== state.archived && { archived }),
  };
  return Object.keys(data).length === 0 ? null : { type: 'team-changed', actor: command.by, data };
}

function fold(state: TeamState | null, { workspaceId, seq, at, ...entry }: TeamEntry): TeamState {
  if (entry.type === 'team-created') return { workspaceId, seq, at, name: entry.data.name, assignment: entry.data.assignment, archived: false };
  if (state === null) throw new Error(`${entry._id} changes a team that never began`);
  return { ...state, ...entry.data, seq, at };
}

export const teamAggregate: Aggregate<TeamState, TeamEntry, TeamCommand> = {
  noun: 'team',
  indexes: [{ key: { workspaceId: 1, name: 1, _id: 1 } }],
  decide,
  fold,
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
