import { Inject, Logger, type OnApplicationShutdown, type OnModuleInit, Optional } from '@nestjs/common';
import { AppError } from '@relevo/contracts';
import { type EventPublisher, REQUEST_TIMEOUT_MS } from '@relevo/messaging';
import { type Clock, defaultRequestTimeoutMs, duplicateKey, isDatabaseUnavailable } from '@relevo/platform';
import { LRUCache } from 'lru-cache';
import type { Connection } from 'mongoose';
import { type Aggregate, type AggregateState, entryId, type JournalEntry } from './aggregate.js';
import type { CommandKey } from './command-key.js';
import { type EntryPlace, type EntryRange, JournalStore } from './journal-store.js';
import { KeyedQueue } from './keyed-queue.js';
import { Outbox, type Step } from './outbox.js';
import { type ProjectionVerification, verifyProjection } from './verify.js';

/** What a command came to. `entry` is null when there was nothing to do; on a repeat it is the first one. */
export interface Outcome<State, Entry> {
  entry: Entry | null;
  /** As it is now; on a repeat it may be later than the entry. */
  state: State;
  repeated: boolean;
}

export interface Append<Command> extends CommandKey {
  workspaceId: string;
  aggregateId: string;
  command: Command;
}

/** Waiting for one's turn and races that are lost again and again end at this part of the time that the caller waits. */
const appendWithin = 0.8;

const cachedAggregates = 10_000;

/**
 * An append-only history per aggregate, and the projection folded from it. One command appends exactly one entry; the
 * insert of that entry is the commit, and whatever a crash leaves undone after it, the next command or the relay
 * repairs. See docs/adr/0001-the-journal.md.
 */
export abstract class Journal<State extends AggregateState, Entry extends JournalEntry, Command>
  implements OnModuleInit, OnApplicationShutdown
{
  protected readonly store: JournalStore<State, Entry>;
  private readonly logger: Logger;
  private readonly queue = new KeyedQueue();
  /** Only ever a starting point for decisions: the insert tells whether it was the latest. Queries never read it. */
  private readonly cache = new LRUCache<string, State>({ max: cachedAggregates });
  /** When the database was last found away in the middle of a command, per aggregate. */
  private readonly outages = new LRUCache<string, number>({ max: cachedAggregates });
  private readonly outbox: Outbox<State, Entry>;
  /** Here and not in the constructor, which each journal has one of its own of. */
  @Optional() @Inject(REQUEST_TIMEOUT_MS) private readonly callersWaitMs: number = defaultRequestTimeoutMs;

  constructor(
    private readonly aggregate: Aggregate<State, Entry, Command>,
    connection: Connection,
    private readonly clock: Clock,
    publisher: EventPublisher,
  ) {
    this.logger = new Logger(`${aggregate.noun} journal`);
    this.store = new JournalStore(connection, aggregate);
    this.outbox = new Outbox(aggregate, this.store, publisher, clock, async (id) => {
      // Whoever died before publishing may have died before projecting, and before deriving.
      await this.load(id);
      const steps = await this.steps(id);
      const last = steps.at(-1);
      const leftBehind = steps.flatMap(({ entry }) => (entry.published ? [] : [entry]));
      if (last && leftBehind.length > 0) await this.derive(last.after, leftBehind);
      return steps;
    });
  }

  async onModuleInit(): Promise<void> {
    await this.store.createIndexes();
    this.outbox.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.idle();
    await this.outbox.stop();
  }

  /** Commands of one aggregate queue here, so that replicas race each other but not themselves. */
  append(append: Append<Command>): Promise<Outcome<State, Entry>> {
    const { aggregateId } = append;
    const queuedAt = performance.now();
    return this.queue.run(aggregateId, async () => {
      // Those who waited behind an outage are told at once, not one time-out after the other.
      if ((this.outages.get(aggregateId) ?? 0) > queuedAt) throw databaseAway();
      try {
        return await this.appendNow(append, queuedAt + appendWithin * this.callersWaitMs);
      } catch (error) {
        if (isDatabaseUnavailable(error)) this.outages.set(aggregateId, performance.now());
        throw error;
      }
    });
  }

  /** The latest state, straight from the database; null when nothing ever happened. Carries the projection forward. */
  async load(aggregateId: string): Promise<State | null> {
    const projection = await this.store.projection(aggregateId);
    return this.catchUp(aggregateId, projection === null ? null : this.withoutId(projection));
  }

  /** As `load`, but `NOT_FOUND` when nothing ever happened. */
  async get(aggregateId: string): Promise<State> {
    const state = await this.load(aggregateId);
    if (state === null) throw new AppError('NOT_FOUND', `No such ${this.aggregate.noun}.`);
    return state;
  }

  /** What is stored of each, by id, for lists; a crash may have left one behind its entries for a moment. */
  async projections(aggregateIds: readonly string[]): Promise<Map<string, State>> {
    const found = await this.store.projectionsOf(aggregateIds);
    return new Map(found.map((projection) => [projection._id, this.withoutId(projection)]));
  }

  entries(aggregateId: string, range: EntryRange = {}): Promise<Entry[]> {
    return this.store.read(aggregateId, range);
  }

  /** One of each aggregate, by its id; those that there are. */
  async entriesAt(places: readonly EntryPlace[]): Promise<Map<string, Entry>> {
    return new Map((await this.store.entriesAt(places)).map((entry) => [entry.aggregateId, entry]));
  }

  entryByKey(commandKey: string): Promise<Entry | null> {
    return this.store.entryByKey(commandKey);
  }

  /** Folds the whole history anew: what the projection must equal. */
  async rebuild(aggregateId: string): Promise<State | null> {
    return (await this.steps(aggregateId)).at(-1)?.after ?? null;
  }

  /** Compares the next `limit` aggregates after `cursor` with their histories. */
  async verify(cursor: string | null, limit: number): Promise<ProjectionVerification> {
    const result: ProjectionVerification = { checked: 0, differences: [], nextCursor: cursor };
    while (result.checked < limit) {
      const id = await this.store.nextAggregate(result.nextCursor);
      result.nextCursor = id;
      if (id === null) break;
      const stored = await this.store.projection(id);
      const difference = verifyProjection(stored && this.withoutId(stored), await this.steps(id), this.clock.now());
      result.checked += 1;
      if (difference) result.differences.push({ journal: this.aggregate.noun, aggregateId: id, difference });
    }
    return result;
  }

  /**
   * Writes what else is read of entries besides the projection, such as the words they are found by. It is done before a
   * command is answered, and again before what somebody left behind is published: what is published has been derived. So
   * it must be idempotent. `state` is that after the last of the entries, or a later one.
   */
  protected derive(_state: State, _entries: readonly Entry[]): Promise<void> {
    return Promise.resolve();
  }

  private async appendNow({ workspaceId, aggregateId, command, commandKey, fingerprint }: Append<Command>, deadline: number): Promise<Outcome<State, Entry>> {
    const cached = this.cache.get(aggregateId);
    let state = cached ?? (await this.load(aggregateId));
    let reloaded = cached === undefined;
    while (performance.now() < deadline) {
      const at = laterOf(state?.at, this.clock.now());
      const { decision, refusal } = this.decide(state, command, at);
      if (decision === null) {
        // Before saying no: did this very command do it already, or does the no rest on a state of the past?
        const first = await this.store.entryByKey(commandKey);
        if (first) return this.repeat(first, fingerprint);
        if (!reloaded) {
          state = await this.load(aggregateId);
          reloaded = true;
          continue;
        }
        if (refusal) throw refusal;
        if (state === null) throw new AppError('NOT_FOUND', `No such ${this.aggregate.noun}.`);
        return { entry: null, state, repeated: false };
      }
      const seq = (state?.seq ?? 0) + 1;
      const entry = { _id: entryId(aggregateId, seq), aggregateId, workspaceId, seq, commandKey, fingerprint, at, ...decision, published: false, version: 1 } as Entry;
      const lostTo = await this.commit(entry);
      if (lostTo === 'commandKey') return this.repeatOf(commandKey, fingerprint);
      if (lostTo === 'seq') {
        state = await this.catchUp(aggregateId, state);
        reloaded = true;
        continue;
      }
      const after = this.aggregate.fold(state, entry);
      this.cache.set(aggregateId, after);
      await Promise.all([this.store.project(aggregateId, after), this.derive(after, [entry])]);
      this.outbox.add({ before: state, after, entry });
      return { entry, state: after, repeated: false };
    }
    this.logger.warn({ aggregateId }, 'gave up: others were faster until the deadline');
    throw new AppError('TIMEOUT', 'Too many changes at once. Try again.');
  }

  private decide(state: State | null, command: Command, at: Date) {
    try {
      return { decision: this.aggregate.decide(state, command, at), refusal: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { decision: null, refusal: error };
    }
  }

  /** Inserts the entry; says which uniqueness it lost to, if any. */
  private async commit(entry: Entry): Promise<'seq' | 'commandKey' | null> {
    try {
      await this.store.insert(entry);
      return null;
    } catch (error) {
      const key = duplicateKey(error);
      if (key) return 'commandKey' in key ? 'commandKey' : 'seq';
      // It may or may not be there: the next command must look.
      this.cache.delete(entry.aggregateId);
      throw error;
    }
  }

  private async repeatOf(commandKey: string, fingerprint: string | null): Promise<Outcome<State, Entry>> {
    const first = await this.store.entryByKey(commandKey);
    if (!first) throw new AppError('UNAVAILABLE', 'The first attempt is not visible yet. Try again.');
    return this.repeat(first, fingerprint);
  }

  private async repeat(first: Entry, fingerprint: string | null): Promise<Outcome<State, Entry>> {
    if (fingerprint !== null && first.fingerprint !== fingerprint) {
      throw new AppError('CONFLICT', 'This commandId was used for another command.', { details: { commandId: 'reused' } });
    }
    const state = await this.get(first.aggregateId);
    // Whoever made it may have died before they derived from it.
    if (!first.published) await this.derive(state, [first]);
    return { entry: first, state, repeated: true };
  }

  /** Folds what was committed after `state`, and carries the projection forward when there was something. */
  private async catchUp(aggregateId: string, state: State | null): Promise<State | null> {
    const newer = await this.store.read(aggregateId, { after: state?.seq ?? 0 });
    let latest = state;
    for (const entry of newer) latest = this.aggregate.fold(latest, entry);
    if (latest !== null) {
      if (newer.length > 0) await this.store.project(aggregateId, latest);
      const cached = this.cache.get(aggregateId);
      if (cached === undefined || cached.seq < latest.seq) this.cache.set(aggregateId, latest);
    }
    return latest;
  }

  private async steps(aggregateId: string): Promise<Step<State, Entry>[]> {
    let before: State | null = null;
    return (await this.store.read(aggregateId)).map((entry) => {
      const after = this.aggregate.fold(before, entry);
      const step = { before, after, entry };
      before = after;
      return step;
    });
  }

  private withoutId({ _id, ...state }: State & { _id: string }): State {
    return state as unknown as State;
  }
}

const databaseAway = (): AppError => new AppError('UNAVAILABLE', 'The service cannot reach its database now. Try again.');

const laterOf = (a: Date | undefined, b: Date): Date => (a !== undefined && a > b ? a : b);
