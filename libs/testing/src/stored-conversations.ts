import { digestId } from '@relevo/platform';
import mongoose from 'mongoose';

/** A stored projection of a conversation; only what a copy must change is named. */
export interface StoredConversation {
  readonly _id: string;
  readonly workspaceId: string;
  readonly assigneeId: string | null;
  /** Places in the orders of lists, as numbers that grow. */
  readonly orders: Readonly<Record<string, number>>;
}

/** Where a conversation stands in lists. */
export interface StoredPlace extends Pick<StoredConversation, '_id' | 'assigneeId' | 'orders'> {
  readonly tray: string;
  readonly teamId: string | null;
}

interface StoredEntry {
  readonly _id: string;
}

/** Among whom assigned copies are shared out: nobody has hundreds on their desk. */
const colleagues = 400;

/** A place is a time in milliseconds, or 2^52 less a time: far apart. */
const countedBackFrom = 2 ** 51;

const earlier = (value: unknown, byMs: number): unknown => {
  if (value instanceof Date) return new Date(value.getTime() - byMs);
  if (Array.isArray(value)) return value.map((each) => earlier(each, byMs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, earlier(each, byMs)]));
};

/** The same conversation, all of it earlier. */
export const earlierConversation = <T extends Pick<StoredConversation, 'orders'>>(conversation: T, byMs: number): T => ({
  ...(earlier(conversation, byMs) as T),
  orders: Object.fromEntries(Object.entries(conversation.orders).map(([sort, place]) => [sort, place < countedBackFrom ? place - byMs : place + byMs])),
});

/** Another conversation like this one, of another customer and somebody else's, all of it earlier. */
export function copyOf<T extends StoredConversation>(original: T, index: number, byMs: number): T {
  return {
    ...earlierConversation(original, byMs),
    _id: digestId('copy', original._id, index),
    identityKey: digestId('copied identity', original._id, index),
    number: 1_000_000 + index,
    assigneeId: original.assigneeId && digestId('colleague', index % colleagues),
  };
}

/** So far back that nothing closes by itself during a run: the tolerance is 24 hours. */
const spreadMs = 20 * 60 * 60 * 1000;
const batch = 1_000;

/** What the service that owns conversations keeps of them, for tests that need a past or a crowd. */
export class StoredConversations {
  private constructor(
    private readonly client: mongoose.mongo.MongoClient,
    private readonly database: string,
  ) {}

  static async open(mongoUrl: string, database: string): Promise<StoredConversations> {
    return new StoredConversations(await new mongoose.mongo.MongoClient(mongoUrl).connect(), database);
  }

  /** How far the database's clock is ahead of this process's, in milliseconds. */
  async clockAheadMs(): Promise<number> {
    const asked = Date.now();
    const { localTime } = (await this.client.db(this.database).admin().command({ hello: 1 })) as { localTime: Date };
    return localTime.getTime() - (asked + Date.now()) / 2;
  }

  /** Fills a workspace up to so many conversations with copies of those it has. They have no journal: lists read none. */
  async fillUp(workspaceId: string, wanted: number, onProgress: (stored: number) => void = () => undefined): Promise<void> {
    const originals = await this.projections.find({ workspaceId }).toArray();
    for (let stored = originals.length; stored < wanted; ) {
      const copies = Array.from({ length: Math.min(batch, wanted - stored) }, (_, offset) => {
        const index = stored + offset;
        const original = originals[index % originals.length];
        if (!original) throw new Error(`Workspace ${workspaceId} has no conversations to copy`);
        return copyOf(original, index, Math.floor((spreadMs * index) / wanted));
      });
      await this.projections.insertMany(copies, { ordered: false });
      stored += copies.length;
      onProgress(stored);
    }
  }

  /** Where every active conversation of a workspace stands. */
  places(workspaceId: string): Promise<StoredPlace[]> {
    return this.projections.find({ workspaceId, status: 'active' }).project<StoredPlace>({ assigneeId: 1, orders: 1, tray: 1, teamId: 1 }).toArray();
  }

  /**
   * Makes all that happened in a conversation earlier, its journal as its projection. Nobody may write to it meanwhile,
   * nor a replica have it in memory: start the service anew before, or what it remembers is later than what is stored.
   */
  async moveBack(conversationId: string, byMs: number): Promise<void> {
    const database = this.client.db(this.database);
    const journal = database.collection<StoredEntry>('conversation_journal');
    const entries = await journal.find({ _id: { $gt: `${conversationId}:`, $lt: `${conversationId};` } }).toArray();
    const conversation = await this.projections.findOne({ _id: conversationId });
    if (!conversation || entries.length === 0) throw new Error(`Conversation ${conversationId} is not stored`);
    for (const entry of entries) await journal.replaceOne({ _id: entry._id }, earlier(entry, byMs) as StoredEntry);
    await this.projections.replaceOne({ _id: conversationId }, earlierConversation(conversation, byMs));
  }

  /**
   * A past for a conversation, up to so many entries: made-up messages of its customer, one every `stepMs` until now, the
   * n-th entry says what `textOf` makes of n. What happened before lies before them. Only its timeline knows of them, no count does.
   */
  async lengthen(conversationId: string, length: number, stepMs: number, textOf = (seq: number): string => `mensaje ${seq}`): Promise<void> {
    const database = this.client.db(this.database);
    const journal = database.collection<StoredEntry & { at: Date; type: string }>('conversation_journal');
    const held = await journal.find({ _id: { $gt: `${conversationId}:`, $lt: `${conversationId};` } }).toArray();
    const [message] = held.filter(({ type }) => type === 'message');
    const last = held.at(-1);
    if (!message || !last) throw new Error(`Conversation ${conversationId} has no message`);
    const start = last.at.getTime() - length * stepMs;
    for (const [index, { _id }] of held.entries()) await journal.updateOne({ _id }, { $set: { at: new Date(start + index) } });
    for (let from = held.length + 1; from <= length; from += batch) {
      const made = Array.from({ length: Math.min(batch, length - from + 1) }, (_, offset) => {
        const seq = from + offset;
        const _id = `${conversationId}:${String(seq).padStart(message._id.length - conversationId.length - 1, '0')}`;
        return { ...message, _id, seq, commandKey: `made up ${_id}`, at: new Date(start + seq * stepMs), data: { text: textOf(seq), attachments: [] } };
      });
      await journal.insertMany(made, { ordered: false });
    }
    await this.projections.updateOne({ _id: conversationId }, { $set: { seq: length, openedAt: new Date(start) } });
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  private get projections() {
    return this.client.db(this.database).collection<StoredConversation>('conversation_projection');
  }
}
