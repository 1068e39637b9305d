import { duplicateKey } from '@relevo/platform';
import type { Connection, mongo } from 'mongoose';
import { type Aggregate, type AggregateState, afterEntries, entryId, type JournalEntry, type Projection } from './aggregate.js';

/** Which part of a timeline to read: exclusive bounds, and from which end. */
export interface EntryRange {
  after?: number;
  before?: number;
  limit?: number;
  /** Newest first; the entries are answered in seq order all the same. */
  fromEnd?: boolean;
}

/** An entry's place: which of whose. */
export interface EntryPlace {
  readonly aggregateId: string;
  readonly seq: number;
}

/** What is read and written of one journal and its projection; every statement of the mechanism is here. */
export class JournalStore<State extends AggregateState, Entry extends JournalEntry> {
  readonly entries: mongo.Collection<JournalEntry>;
  readonly projections: mongo.Collection<AggregateState & { _id: string }>;

  constructor(
    connection: Connection,
    private readonly aggregate: Aggregate<State, Entry, never>,
  ) {
    this.entries = connection.collection<JournalEntry>(`${aggregate.noun}_journal`);
    this.projections = connection.collection<AggregateState & { _id: string }>(`${aggregate.noun}_projection`);
  }

  /** Made at start-up, never inside a request. */
  async createIndexes(): Promise<void> {
    await this.entries.createIndexes([
      { key: { commandKey: 1 }, name: 'commandKey', unique: true },
      { key: { at: 1 }, name: 'unpublished', partialFilterExpression: { published: false } },
    ]);
    if (this.aggregate.indexes.length > 0) {
      await this.projections.createIndexes(this.aggregate.indexes.map(({ key, unique, only }) => ({ key, ...(unique && { unique }), ...(only && { partialFilterExpression: only }) })));
    }
  }

  async projection(aggregateId: string): Promise<Projection<State> | null> {
    return (await this.projections.findOne({ _id: aggregateId })) as Projection<State> | null;
  }

  /** In no order; those that there are. */
  async projectionsOf(aggregateIds: readonly string[]): Promise<Projection<State>[]> {
    if (aggregateIds.length === 0) return [];
    return (await this.projections.find({ _id: { $in: [...aggregateIds] } }).toArray()) as Projection<State>[];
  }

  async entryByKey(commandKey: string): Promise<Entry | null> {
    return (await this.entries.findOne({ commandKey })) as Entry | null;
  }

  async read(aggregateId: string, { after = 0, before, limit, fromEnd = false }: EntryRange = {}): Promise<Entry[]> {
    const upper = before === undefined ? afterEntries(aggregateId) : entryId(aggregateId, before);
    const cursor = this.entries.find({ _id: { $gt: entryId(aggregateId, after), $lt: upper } }).sort({ _id: fromEnd ? -1 : 1 });
    if (limit !== undefined) cursor.limit(limit);
    const found = (await cursor.toArray()) as Entry[];
    return fromEnd ? found.reverse() : found;
  }

  /** In no order; those that there are. */
  async entriesAt(places: readonly EntryPlace[]): Promise<Entry[]> {
    if (places.length === 0) return [];
    return (await this.entries.find({ _id: { $in: places.map(({ aggregateId, seq }) => entryId(aggregateId, seq)) } }).toArray()) as Entry[];
  }

  async insert(entry: Entry): Promise<void> {
    await this.entries.insertOne(entry);
  }

  /**
   * Writes the whole projection unless a later one is there, so that a slower writer cannot set it back. The first entry's
   * is inserted; a later one replaces, and is inserted only when a crash left none.
   */
  async project(aggregateId: string, state: State): Promise<void> {
    const record = { ...state, _id: aggregateId };
    if (state.seq > 1) {
      const { matchedCount } = await this.projections.replaceOne({ _id: aggregateId, seq: { $lt: state.seq } }, record);
      if (matchedCount > 0) return;
    }
    try {
      await this.projections.insertOne(record);
    } catch (error) {
      if (!duplicateKey(error)) throw error;
      // Somebody wrote it meanwhile: ours counts only where theirs is older.
      await this.projections.replaceOne({ _id: aggregateId, seq: { $lt: state.seq } }, record);
    }
  }

  async isPublished(aggregateId: string, seq: number): Promise<boolean> {
    const entry = await this.entries.findOne({ _id: entryId(aggregateId, seq) }, { projection: { published: 1 } });
    return entry?.published ?? false;
  }

  /** Aggregates with entries that have been waiting for the streams since before `olderThan`; oldest first. */
  async unpublishedAggregates(olderThan: Date, limit: number): Promise<string[]> {
    const found = await this.entries
      .find({ published: false, at: { $lt: olderThan } }, { projection: { aggregateId: 1 } })
      .sort({ at: 1 })
      .limit(limit)
      .toArray();
    return [...new Set(found.map(({ aggregateId }) => aggregateId))];
  }

  async markPublished(ids: readonly string[]): Promise<void> {
    await this.entries.updateMany({ _id: { $in: [...ids] } }, { $set: { published: true } });
  }

  /** The aggregate that follows in id order; null at the end. */
  async nextAggregate(after: string | null): Promise<string | null> {
    const [entry] = await this.entries
      .find(after === null ? {} : { _id: { $gt: afterEntries(after) } }, { projection: { aggregateId: 1 } })
      .sort({ _id: 1 })
      .limit(1)
      .toArray();
    return entry?.aggregateId ?? null;
  }
}
