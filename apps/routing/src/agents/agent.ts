import { type AgentProfile, type AgentSettings, AppError, defaultSettings, type EntryActor, notFound, type Role, routingEvents } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';
import { changedSettings, type SettingsChange } from '../settings/settings.js';

/** Passwords are never part of an agent's history: see `Credentials`. */
interface AgentCreated {
  name: string;
  email: string;
  role: Role;
  capacity: number;
  teamIds: string[];
}

/** What an admin may change; only what differs from before is in an entry. */
export type AgentChange = Partial<Omit<AgentCreated, 'email'> & { active: boolean }>;

export interface AgentState extends AggregateState, AgentCreated {
  /** May not sign in. Absent for those who may. */
  deactivated?: true;
  /** Absent until they change any. */
  settings?: AgentSettings;
}

export type AgentEntry =
  | JournalEntry<'agent-created', AgentCreated>
  | JournalEntry<'agent-changed', AgentChange>
  | JournalEntry<'agent-password-changed', Record<string, never>>
  | JournalEntry<'agent-settings-changed', AgentSettings>;

export interface CreateAgentCommand extends AgentCreated {
  type: 'create';
  by: EntryActor;
}

export interface ChangeAgentCommand {
  type: 'change';
  by: EntryActor;
  change: AgentChange;
  /** The change was judged on the agent as of this seq, and is good for no other. */
  asOf?: number;
}

/** The password has been changed, by whom: told for whoever holds a session of theirs. */
export interface NotePasswordCommand {
  type: 'note-password';
  by: EntryActor;
}

/** The agent's own. */
export interface ChangeSettingsCommand {
  type: 'change-settings';
  by: EntryActor;
  change: SettingsChange;
}

export type AgentCommand = CreateAgentCommand | ChangeAgentCommand | NotePasswordCommand | ChangeSettingsCommand;

/** The agent changed since a change of theirs was judged: it is to be judged again. */
export class AgentMovedOn extends AppError {
  constructor() {
    super('CONFLICT', 'The agent was changed meanwhile. Try again.');
  }
}

export const defaultCapacity = 10;

/**
 * An agent's id follows from their email alone, so that an email is unique over all workspaces by the journal's first
 * entry. Case and Unicode form do not count.
 */
export const agentIdOf = (email: string): string => digestId('agent', email.normalize('NFKC').toLowerCase());

export const isActive = ({ deactivated }: AgentState): boolean => deactivated === undefined;

export const isActiveAdmin = (state: AgentState): boolean => state.role === 'admin' && isActive(state);

/** Whether a change takes an active admin away. */
export const endsAdmin = (state: AgentState, { role = state.role, active = isActive(state) }: AgentChange): boolean =>
  isActiveAdmin(state) && !(role === 'admin' && active);

export const settingsOf = ({ settings }: AgentState): AgentSettings => settings ?? defaultSettings;

/** What the journal knows of an agent; how they stand is kept elsewhere, see `Standings`. */
export const agentProfile = (id: string, state: AgentState): AgentProfile => ({
  id,
  name: state.name,
  email: state.email,
  role: state.role,
  capacity: state.capacity,
  teamIds: state.teamIds,
  active: isActive(state),
});

const sameTeams = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id) => b.includes(id));

function differing(state: AgentState, { name, role, capacity, teamIds, active }: AgentChange): AgentChange {
  return {
    ...(name !== undefined && name !== state.name && { name }),
    ...(role !== undefined && role !== state.role && { role }),
    ...(capacity !== undefined && capacity !== state.capacity && { capacity }),
    ...(teamIds !== undefined && !sameTeams(teamIds, state.teamIds) && { teamIds }),
    ...(active !== undefined && active !== isActive(state) && { active }),
  };
}

function decide(state: AgentState | null, command: AgentCommand): Decision<AgentEntry> | null {
  if (command.type === 'create') {
    if (state !== null) throw new AppError('CONFLICT', 'email: is taken', { errors: [{ path: 'email', message: 'is taken' }] });
    const { type: _, by, ...data } = command;
    return { type: 'agent-created', actor: by, data };
  }
  if (state === null) throw notFound('agent');
  if (command.type === 'note-password') return { type: 'agent-password-changed', actor: command.by, data: {} };
  if (command.type === 'change-settings') {
    const settings = changedSettings(settingsOf(state), command.change);
    return settings && { type: 'agent-settings-changed', actor: command.by, data: settings };
  }
  if (command.asOf !== undefined && command.asOf !== state.seq) throw new AgentMovedOn();
  const data = differing(state, command.change);
  return Object.keys(data).length === 0 ? null : { type: 'agent-changed', actor: command.by, data };
}

function changed({ deactivated, ...state }: AgentState, { active = deactivated === undefined, ...change }: AgentChange): AgentState {
  return { ...state, ...change, ...(!active && { deactivated: true }) };
}

function fold(state: AgentState | null, { workspaceId, seq, at, ...entry }: AgentEntry): AgentState {
  if (entry.type === 'agent-created') return { workspaceId, seq, at, ...entry.data };
  if (state === null) throw new Error(`${entry._id} changes an agent that never began`);
  if (entry.type === 'agent-password-changed') return { ...state, seq, at };
  if (entry.type === 'agent-settings-changed') return { ...state, settings: entry.data, seq, at };
  return { ...changed(state, entry.data), seq, at };
}

export const agentAggregate: Aggregate<AgentState, AgentEntry, AgentCommand> = {
  noun: 'agent',
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
      payload: { noun: 'agent', workspaceId, agent: agentProfile(aggregateId, after), ...(type === 'agent-settings-changed' && { settings: settingsOf(after) }) },
    }),
  ],
};
