import { LRUCache } from 'lru-cache';
import mongoose, { type Connection, type mongo } from 'mongoose';

/** What is found, and its place among all that is: smaller orders first, ties by id. */
export interface Place {
  /** A whole number of at most `orderDigits` digits. */
  readonly order: number;
  readonly id: string;
}

/** Something that has the rarest of the words that are asked for; it is a hit when it has the others too. */
export interface Candidate extends Place {
  readonly isHit: boolean;
  /** Of a hit, by word: the entry that it was recorded with, where one was told. */
  readonly seqs: ReadonlyMap<string, number>;
}

/** Candidates after a place, in order; fewer than `limit` only at the end. */
export type FetchCandidates = (after: Place | null, limit: number) => Promise<Candidate[]>;

/** One word of one thing: `<workspaceId>|<word>|<order>|<id>`. */
interface SearchRecord {
  _id: string;
  /** The entry that brought the word first. */
  seq?: number;
}

/** Something that has a word. */
interface Having extends Place {
  readonly seq: number | undefined;
}

/** Where the records of a word are. */
interface WordRange {
  readonly word: string;
  readonly range: string;
}

const noSeqs: ReadonlyMap<string, number> = new Map();

const orderDigits = 15;

/** Words that are known to be recorded, so that who writes much in one conversation costs little. */
const rememberedWords = 100_000;

const duplicate = 11_000;
const namespaceExists = 48;

const rangeOf = (workspaceId: string, word: string): string => `${workspaceId}|${word}|`;

const keyOf = (range: string, { order, id }: Place): string => `${range}${String(order).padStart(orderDigits, '0')}|${id}`;

/** Above every key of the range, below those of the next. */
const endOf = (range: string): string => `${range.slice(0, -1)}}`;

function placeOf(key: string): Place {
  const [order, id = ''] = key.split('|').slice(-2);
  return { order: Number(order), id };
}

/** The order that puts the greater first: later times, higher numbers. */
export const greatestFirst = (value: number): number => 10 ** orderDigits - 1 - value;

/** A mark that no word can be: asked for like a word, found in no text. */
export const markOf = (kind: string, value = ''): string => `|${kind}:${value}`;

/**
 * Which words are in what: one small document for each word of each thing, served by the index on `_id` alone, which
 * keeps each word's things in their order. Insert-only and idempotent, so whoever finds it undone does it again.
 */
export class SearchRecords {
  private readonly records: mongo.Collection<SearchRecord>;
  private readonly recorded = new LRUCache<string, true>({ max: rememberedWords });
  /** What the next write takes; it starts when the one under way has ended. */
  private next: { records: Map<string, SearchRecord>; written: Promise<void> } | null = null;
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: Connection,
    private readonly name: string,
  ) {
    this.records = connection.collection<SearchRecord>(name);
  }

  /** Made at start-up, never inside a request. */
  async create(): Promise<void> {
    try {
      await this.connection.createCollection(this.name);
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== namespaceExists) throw error;
    }
  }

  /** From then on the thing is found by these words; `seq` is that of the entry they are from, if one is. */
  async record(workspaceId: string, place: Place, words: Iterable<string>, seq?: number): Promise<void> {
    const keys = [...words].map((word) => keyOf(rangeOf(workspaceId, word), place)).filter((key) => !this.recorded.has(key));
    if (keys.length === 0) return;
    await this.write(keys.map((_id) => ({ _id, ...(seq !== undefined && { seq }) })));
    for (const key of keys) this.recorded.set(key, true);
  }

  /** What has all of these words; a key is examined for each candidate and word, and once more each for the first page. */
  having(workspaceId: string, words: readonly string[]): FetchCandidates {
    const ranges = words.map((word) => ({ word, range: rangeOf(workspaceId, word) }));
    let rarest: WordRange | undefined;
    return async (after, limit) => {
      if (rarest === undefined) {
        const pages = await Promise.all(ranges.map(async (of) => ({ of, places: await this.places(of.range, after, limit) })));
        const [first] = pages.sort((a, b) => rarityOf(b.places, limit) - rarityOf(a.places, limit));
        if (!first) return [];
        rarest = first.of;
        return this.candidates(first.places, ranges, rarest);
      }
      return this.candidates(await this.places(rarest.range, after, limit), ranges, rarest);
    };
  }

  /** The query itself, so that its plan can be looked at. */
  placesQuery(range: string, after: Place | null, limit: number): mongo.FindCursor<SearchRecord> {
    return this.records
      .find({ _id: { $gt: after === null ? range : keyOf(range, after), $lt: endOf(range) } })
      .sort({ _id: 1 })
      .limit(limit);
  }

  /** The same. */
  presentQuery(keys: readonly string[]): mongo.FindCursor<SearchRecord> {
    return this.records.find({ _id: { $in: [...keys] } });
  }

  private async places(range: string, after: Place | null, limit: number): Promise<Having[]> {
    return (await this.placesQuery(range, after, limit).toArray()).map(({ _id, seq }) => ({ ...placeOf(_id), seq }));
  }

  private async candidates(places: readonly Having[], ranges: readonly WordRange[], rarest: WordRange): Promise<Candidate[]> {
    const others = places.length === 0 ? [] : ranges.filter((each) => each !== rarest);
    const present = await Promise.all(
      others.map(async ({ word, range }) => {
        const found = await this.presentQuery(places.map((place) => keyOf(range, place))).toArray();
        return { word, seqs: new Map(found.map(({ _id, seq }) => [_id.slice(range.length), seq])) };
      }),
    );
    return places.map(({ seq, ...place }) => {
      const key = keyOf('', place);
      if (!present.every(({ seqs }) => seqs.has(key))) return { ...place, isHit: false, seqs: noSeqs };
      const seqs = [{ word: rarest.word, seq }, ...present.map(({ word, seqs: of }) => ({ word, seq: of.get(key) }))];
      return { ...place, isHit: true, seqs: new Map(seqs.flatMap((each) => (each.seq === undefined ? [] : [[each.word, each.seq]]))) };
    });
  }

  /** One write at a time: those who come meanwhile share the next, so that each costs little when there are many. */
  private write(records: readonly SearchRecord[]): Promise<void> {
    if (this.next === null) {
      const batch = { records: new Map<string, SearchRecord>(), written: Promise.resolve() };
      batch.written = this.underWay.then(() => {
        this.next = null;
        return this.insert([...batch.records.values()]);
      });
      this.underWay = batch.written.catch(() => undefined);
      this.next = batch;
    }
    for (const record of records) if (!this.next.records.has(record._id)) this.next.records.set(record._id, record);
    return this.next.written;
  }

  private async insert(records: readonly SearchRecord[]): Promise<void> {
    try {
      await this.records.insertMany([...records], { ordered: false });
    } catch (error) {
      // What is there already is as it must be.
      if (!(error instanceof mongoose.mongo.MongoBulkWriteError) || error.code !== duplicate) throw error;
      const failures = [error.writeErrors].flat();
      if (failures.length === 0 || failures.some(({ code }) => code !== duplicate)) throw error;
    }
  }
}

/** More for a rarer word: one whose page ends it, the sooner the rarer; else the farther down the order its page goes. */
const rarityOf = (places: readonly Place[], limit: number): number =>
  places.length < limit ? Number.MAX_SAFE_INTEGER - places.length : (places.at(-1)?.order ?? 0);
