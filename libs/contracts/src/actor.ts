import type { EntryActor } from './author.js';
import { invalid } from './errors.js';

export const roles = ['agent', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** An agent, as the gateway authenticated them; `teamIds` is what their sight rests on. */
export interface AgentActor {
  kind: 'agent';
  workspaceId: string;
  id: string;
  name: string;
  role: Role;
  teamIds: readonly string[];
}

/** A channel, speaking for the customers behind it. */
export interface ChannelActor {
  kind: 'channel';
  workspaceId: string;
  id: string;
}

export interface BotActor {
  kind: 'bot';
  workspaceId: string;
  id: string;
  name: string;
}

/** A service or the operator. `workspaceId` is there when it acts inside one workspace. */
export interface SystemActor {
  kind: 'system';
  id: string;
  workspaceId?: string;
}

export type Actor = AgentActor | ChannelActor | BotActor | SystemActor;
export type ActorKind = Actor['kind'];

/** Supervisors and admins see and may do everything that an agent may, in the whole workspace. */
export const isSupervisor = (actor: AgentActor): boolean => actor.role !== 'agent';

/** The workspace that an actor acts in. The operator may act in none, but not where a workspace is needed. */
export function workspaceOf({ workspaceId }: Actor): string {
  if (workspaceId === undefined) throw invalid('workspaceId', 'must be given for this');
  return workspaceId;
}

/** An actor as histories name them. A channel speaks for a customer only in conversations; elsewhere it is the system's. */
export function entryActorOf(actor: Actor): EntryActor {
  switch (actor.kind) {
    case 'agent':
    case 'bot':
      return { kind: actor.kind, id: actor.id, name: actor.name };
    case 'channel':
    case 'system':
      return { kind: 'system', id: actor.id, name: actor.kind };
  }
}

/** Who is asking, carried in headers beside every request. */
export interface Caller<A extends Actor = Actor> {
  actor: A;
  /** Follows one request through every service and log line. */
  correlationId: string;
}

/** NATS header names. Only the gateway's and the services' own NATS users may publish requests that carry them. */
export const header = {
  actor: 'relevo-actor',
  correlationId: 'relevo-correlation-id',
  traceparent: 'traceparent',
} as const;
