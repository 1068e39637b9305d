import { type AgentView, AppError, type EntryActor, type Role, routingEvents } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

/** Passwords are never part of an agent's history: see `Credentials`. */
interface AgentCreated {
  name: string;
  email: string;
  role: Role;
  capacity: number;
  teamIds: string[];
}

export interface AgentState extends AggregateState, AgentCreated {}

export type AgentEntry = JournalEntry<'agent-created', AgentCreated>;

export interface CreateAgentCommand extends AgentCreated {
  type: 'create';
  by: EntryActor;
}

export const defaultCapacity = 10;

/**
 * An agent's id follows from their email alone, so that an email is unique over all workspaces by the journal's first
 * entry. Case and Unicode form do not count.
 */
export const agentIdOf = (email: string): string => digestId('agent', email.normalize('NFKC').toLowerCase());

/** Presence and load are not kept yet: nobody is online, nothing is counted. */
export const agentView = (id: string, { name, email, role, capacity, teamIds }: AgentState): AgentView => ({
  id,
  name,
  email,
  role,
  status: 'offline',
  capacity,
  activeCount: 0,
  teamIds,
});

function decide(state: AgentState | null, { type: _, by, ...data }: CreateAgentCommand): Decision<AgentEntry> {
  if (state !== null) throw new AppError('CONFLICT', 'email: is taken', { errors: [{ path: 'email', message: 'is taken' }] });
  return { type: 'agent-created', actor: by, data };
}

export const agentAggregate: Aggregate<AgentState, AgentEntry, CreateAgentCommand> = {
  noun: 'agent',
  indexes: [{ key: { workspaceId: 1, name: 1, _id: 1 } }],
  decide,
  fold: (_state, { workspaceId, seq, at, data }) => ({ workspaceId, seq, at, ...data }),
  toEvents: (_before, after, { workspaceId, aggregateId, seq, type }) => [
    outgoing({
      contract: routingEvents,
      workspaceId,
      aggregateId,
      seq,
      fact: type,
      payload: { noun: 'agent', workspaceId, agent: agentView(aggregateId, after) },
    }),
  ],
};
