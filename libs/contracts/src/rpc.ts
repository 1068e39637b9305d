import type { Actor, ActorKind, Role } from './actor.js';
import type { Class } from './validate.js';

export const owners = ['conversations', 'routing', 'customers', 'channels', 'gateway'] as const;
export type Owner = (typeof owners)[number];
export type RpcSubject = `rpc.${Owner}.${string}.v${number}`;

/** A request to a service: its subject, and what goes in and comes out. Both sides are type-checked against it. */
export interface Rpc<Request extends object, Reply extends object, Kind extends ActorKind = ActorKind> {
  readonly subject: RpcSubject;
  readonly request: Class<Request>;
  readonly reply: Class<Reply>;
  /** Kinds of actors that may ask; others get `FORBIDDEN`. */
  readonly callers: readonly Kind[];
  /** Roles an agent needs; any role when absent. */
  readonly roles?: readonly Role[];
}

/** The actor that a handler of this rpc meets. */
export type ActorOf<Kind extends ActorKind> = Extract<Actor, { kind: Kind }>;

export type AnyRpc = Rpc<object, object>;

const registered = new Map<string, AnyRpc>();

/**
 * Declares a request. Subjects carry the owner and a version: `rpc.<owner>.<verb>.v1`; verbs that customer-facing parts
 * may use begin with `public-`.
 */
export function rpc<Request extends object, Reply extends object, const Kind extends ActorKind>(
  subject: RpcSubject,
  request: Class<Request>,
  reply: Class<Reply>,
  access: { callers: readonly Kind[]; roles?: readonly Role[] },
): Rpc<Request, Reply, Kind> {
  if (registered.has(subject)) throw new Error(`${subject} is declared twice`);
  const definition: Rpc<Request, Reply, Kind> = { subject, request, reply, ...access };
  registered.set(subject, definition);
  return definition;
}

/** All requests that exist, for tests and documentation that must not miss one. */
export const allRpcs = (): AnyRpc[] => [...registered.values()];
