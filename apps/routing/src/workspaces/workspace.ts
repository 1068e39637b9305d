import { AppError, type EntryActor, notFound, routingEvents, type WorkspaceView } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

/** An agent's place among the admins, as of a seq of their own history; leaving is noted ahead of the entry that does it. */
interface AdminMark {
  agentId: string;
  agentSeq: number;
}

export interface WorkspaceState extends AggregateState {
  name: string;
  /**
   * Whoever has been an active admin, by agent. All who are counted are; who is not counted may still be, when a crash
   * kept the news back. So two admins who take each other away at once meet here, where one of them is last.
   */
  admins?: Record<string, { asOf: number; counted: boolean }>;
}

export type WorkspaceEntry = JournalEntry<'workspace-created', { name: string }> | JournalEntry<'workspace-admin-joined' | 'workspace-admin-left', AdminMark>;

export interface CreateWorkspaceCommand {
  type: 'create';
  by: EntryActor;
  name: string;
}

export interface AdminCommand extends AdminMark {
  type: 'admin-join' | 'admin-leave';
  by: EntryActor;
}

export type WorkspaceCommand = CreateWorkspaceCommand | AdminCommand;

/** A workspace's journal is kept under the workspace's own id. */
export const workspaceIdOf = (commandId: string): string => digestId('workspace', commandId);

export const workspaceView = ({ workspaceId, name }: WorkspaceState): WorkspaceView => ({ id: workspaceId, name });

/** Nobody could let anybody in any more. */
export const lastAdmin = (): AppError => new AppError('RULE_VIOLATED', 'The last active admin of a workspace stays one.');

/** What is older than what is known, or known, changes nothing. */
function decideAdmins({ admins = {} }: WorkspaceState, { type, by, agentId, agentSeq }: AdminCommand): Decision<WorkspaceEntry> | null {
  const known = admins[agentId];
  const data = { agentId, agentSeq };
  if (type === 'admin-join') {
    return known && (known.counted || agentSeq < known.asOf) ? null : { type: 'workspace-admin-joined', actor: by, data };
  }
  if (known && known.asOf >= agentSeq) return null;
  const others = Object.entries(admins).some(([id, { counted }]) => counted && id !== agentId);
  if (!others) throw lastAdmin();
  return { type: 'workspace-admin-left', actor: by, data };
}

function decide(state: WorkspaceState | null, command: WorkspaceCommand): Decision<WorkspaceEntry> | null {
  if (command.type !== 'create') {
    if (state === null) throw notFound('workspace');
    return decideAdmins(state, command);
  }
  if (state !== null) throw new AppError('CONFLICT', 'commandId: was used by somebody else', { errors: [{ path: 'commandId', message: 'was used by somebody else' }] });
  return { type: 'workspace-created', actor: command.by, data: { name: command.name } };
}

function fold(state: WorkspaceState | null, { workspaceId, seq, at, ...entry }: WorkspaceEntry): WorkspaceState {
  if (entry.type === 'workspace-created') return { workspaceId, seq, at, name: entry.data.name };
  if (state === null) throw new Error(`${entry._id} changes a workspace that never began`);
  const { agentId, agentSeq } = entry.data;
  return { ...state, seq, at, admins: { ...state.admins, [agentId]: { asOf: agentSeq, counted: entry.type === 'workspace-admin-joined' } } };
}

export const workspaceAggregate: Aggregate<WorkspaceState, WorkspaceEntry, WorkspaceCommand> = {
  noun: 'workspace',
  indexes: [],
  decide,
  fold,
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
