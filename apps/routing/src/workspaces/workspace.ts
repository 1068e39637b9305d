import { AppError, type EntryActor, routingEvents, type WorkspaceView } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

export interface WorkspaceState extends AggregateState {
  name: string;
}

export type WorkspaceEntry = JournalEntry<'workspace-created', { name: string }>;

export interface CreateWorkspaceCommand {
  type: 'create';
  by: EntryActor;
  name: string;
}

/** A workspace's journal is kept under the workspace's own id. */
export const workspaceIdOf = (commandId: string): string => digestId('workspace', commandId);

export const workspaceView = ({ workspaceId, name }: WorkspaceState): WorkspaceView => ({ id: workspaceId, name });

function decide(state: WorkspaceState | null, { by, name }: CreateWorkspaceCommand): Decision<WorkspaceEntry> {
  if (state !== null) throw new AppError('CONFLICT', 'commandId: was used by somebody else', { errors: [{ path: 'commandId', message: 'was used by somebody else' }] });
  return { type: 'workspace-created', actor: by, data: { name } };
}

export const workspaceAggregate: Aggregate<WorkspaceState, WorkspaceEntry, CreateWorkspaceCommand> = {
  noun: 'workspace',
  indexes: [],
  decide,
  fold: (_state, { workspaceId, seq, at, data }) => ({ workspaceId, seq, at, name: data.name }),
  toEvents: (_before, after, { workspaceId, aggregateId, seq, type }) => [
    outgoing({
      contract: routingEvents,
      workspaceId,
      aggregateId,
      seq,
      fact: type,
      payload: { noun: 'workspace', workspaceId, workspace: workspaceView(after) },
    }),
  ],
};
