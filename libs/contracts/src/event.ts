import type { Owner } from './rpc.js';

/**
 * `internal` events carry everything and stay among trusted services; `public` ones carry only what the customer may
 * see, and are all that customer-facing parts can read. Two streams, two sets of permissions.
 */
export type Visibility = 'internal' | 'public';

export const streamOf = { internal: 'INTERNAL', public: 'PUBLIC' } as const satisfies Record<Visibility, string>;

/** A kind of event: who publishes it, to which stream, and its payload. */
export interface EventContract<Payload extends object> {
  readonly owner: Owner;
  readonly visibility: Visibility;
  /** Only carries the type. */
  readonly payload?: Payload;
}

export const event = <Payload extends object>(owner: Owner, visibility: Visibility): EventContract<Payload> => ({ owner, visibility });

/** `evt.<owner>.<workspaceId>.<visibility>.<aggregateId>.<fact>.v1`; `*` for whatever is not given. */
export function eventSubject(
  { owner, visibility }: EventContract<object>,
  { workspaceId = '*', aggregateId = '*', fact = '*' }: { workspaceId?: string; aggregateId?: string; fact?: string },
): string {
  return `evt.${owner}.${workspaceId}.${visibility}.${aggregateId}.${fact}.v1`;
}

/** Subjects that a stream holds. */
export const streamSubjects = (visibility: Visibility): string => `evt.*.*.${visibility}.>`;
