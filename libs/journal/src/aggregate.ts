import type { EntryActor } from '@relevo/contracts';
import type { OutgoingEvent } from '@relevo/messaging';

/**
 * One fact, as it is stored for good. `_id` is `<aggregateId>:<seq, ten digits>`: its uniqueness is what makes the
 * history gap-free and a race have one winner.
 */
export interface JournalEntry<Type extends string = string, Data extends object = object> {
  _id: string;
  aggregateId: string;
  workspaceId: string;
  /** From 1, without gaps. */
  seq: number;
  /** Unique over the journal: whoever repeats a command meets the entry that it made first. */
  commandKey: string;
  /** Digest of the command, to tell a repeat from another command under the same key; null where any repeat counts. */
  fingerprint: string | null;
  type: Type;
  /** Never earlier than the entry before. */
  at: Date;
  actor: EntryActor;
  data: Data;
  /** Whether the streams have it. */
  published: boolean;
  /** Of this record's layout. */
  version: 1;
}

/** What every state folded from a journal knows: how far it has come. It is stored whole as the projection. */
export interface AggregateState {
  workspaceId: string;
  seq: number;
  /** Time of the last entry. */
  at: Date;
}

/** What a command leads to; the journal adds its place and time. */
export interface Decision<Entry extends JournalEntry> {
  type: Entry['type'];
  actor: EntryActor;
  data: Entry['data'];
}

/**
 * What a service supplies for one kind of aggregate. `decide` and `fold` are pure: no clock, database or network; time
 * and ids come in. States are never changed in place.
 */
export interface Aggregate<State extends AggregateState, Entry extends JournalEntry, Command> {
  /** Singular; names the collections `<noun>_journal` and `<noun>_projection`, and the noun of a `NOT_FOUND`. */
  readonly noun: string;
  /** One entry, nothing to do, or a thrown `AppError`. `at` is never earlier than `state.at`. */
  decide(state: State | null, command: Command, at: Date): Decision<Entry> | null;
  fold(state: State | null, entry: Entry): State;
  /** What the world is told of an entry; at most one event for each visibility. */
  toEvents(before: State | null, after: State, entry: Entry): OutgoingEvent[];
  /** Indexes of the projection that queries rely on. */
  readonly indexes: readonly ProjectionIndex[];
}

export interface ProjectionIndex {
  readonly key: Record<string, 1 | -1>;
  readonly unique?: boolean;
  /** Keys of these alone; used by queries that ask for the same. */
  readonly only?: Record<string, unknown>;
}

/** A projection as it is stored. */
export type Projection<State extends AggregateState> = State & { _id: string };

const seqDigits = 10;

export const entryId = (aggregateId: string, seq: number): string => `${aggregateId}:${String(seq).padStart(seqDigits, '0')}`;

/** Above every entry of the aggregate, below those of the next. */
export const afterEntries = (aggregateId: string): string => `${aggregateId};`;
