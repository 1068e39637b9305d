import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { type Actor, AppError, type Caller, header } from '@relevo/contracts';
import { newId } from '@relevo/platform';

/** Header values are ASCII-safe this way, whatever people are called. */
const encode = (value: object): string => encodeURIComponent(JSON.stringify(value));

export function toHeaders({ actor, correlationId }: Caller): MsgHdrs {
  const result = headers();
  result.set(header.actor, encode(actor));
  result.set(header.correlationId, correlationId);
  return result;
}

export const correlationIdOf = (from: MsgHdrs | undefined): string => from?.get(header.correlationId) || newId();

function readActor(value: string): Actor {
  let actor: unknown;
  try {
    actor = JSON.parse(decodeURIComponent(value));
  } catch (cause) {
    throw new AppError('UNAUTHENTICATED', 'The request names its actor in a way that cannot be read.', { cause });
  }
  if (typeof actor !== 'object' || actor === null) throw new AppError('UNAUTHENTICATED', 'The request names no actor.');
  return actor as Actor;
}

/**
 * Who sent a message. Only trusted NATS users may publish requests, so what the header says is believed; a request
 * without one is nobody's.
 */
export function callerOf(from: MsgHdrs | undefined): Caller {
  const value = from?.get(header.actor);
  if (!value) throw new AppError('UNAUTHENTICATED', 'The request names no actor.');
  return { actor: readActor(value), correlationId: correlationIdOf(from) };
}

/** A caller for what a service does of its own accord. */
export const systemCaller = (id: string, workspaceId?: string): Caller<Extract<Actor, { kind: 'system' }>> => ({
  actor: { kind: 'system', id, ...(workspaceId && { workspaceId }) },
  correlationId: newId(),
});
