import type { Owner } from './rpc.js';

/**
 * `internal` events carry everything and stay among trusted services; `public` ones carry only what the customer may
 * see, and are all that customer-facing parts can read. Two streams, two sets of permissions.
 */
export type Visibility = 'internal' | 'public';

export const streamOf = { internal: 'INTERNAL', public: 'PUBLIC' } as const satisfies Record<Visibility, string>;

/** A kind of event: who publishes it, to which stream, its payload, and the payload of each of its facts. */
export interface EventContract<Payload extends object, Facts extends object = object> {
  readonly owner: Owner;
  readonly visibility: Visibility;
  /** Only carries the type. */
  readonly payload?: Payload;
  /** Only carries the type. */
  readonly facts?: Facts;
}

export const event = <Payload extends object, Facts extends object = Record<string, Payload>>(
  owner: Owner,
  visibility: Visibility,
): EventContract<Payload, Facts> => ({ owner, visibility });

/** `evt.<owner>.<workspaceId>.<visibility>.<aggregateId>.<fact>.v1`; `*` for whatever is not given. */
export function eventSubject(
  { owner, visibility }: EventContract<object>,
  { workspaceId = '*', aggregateId = '*', fact = '*' }: { workspaceId?: string; aggregateId?: string; fact?: string },
): string {
  return `evt.${owner}.${workspaceId}.${visibility}.${aggregateId}.${fact}.v1`;
}

/** What the subject of an event says. */
export interface EventAddress {
  readonly owner: string;
  readonly workspaceId: string;
  readonly visibility: string;
  readonly aggregateId: string;
  readonly fact: string;
}

/** Reads what `eventSubject` wrote; null when the subject is not one of an event. */
export function readEventSubject(subject: string): EventAddress | null {
  const [prefix, owner, workspaceId, visibility, aggregateId, fact, version, ...rest] = subject.split('.');
  if (prefix !== 'evt' || !owner || !workspaceId || !visibility || !aggregateId || !fact || version !== 'v1' || rest.length > 0) return null;
  return { owner, workspaceId, visibility, aggregateId, fact };
}

/** Subjects that a stream holds, or those of one workspace in it. */
export const streamSubjects = (visibility: Visibility, workspaceId = '*'): string => `evt.*.${workspaceId}.${visibility}.>`;
