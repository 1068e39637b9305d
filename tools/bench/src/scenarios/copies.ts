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

/** Another conversation like this one, of another customer and somebody else's, all of it earlier. */
export function copyOf<T extends StoredConversation>(original: T, index: number, byMs: number): T {
  const { assigneeId, orders } = original;
  return {
    ...(earlier(original, byMs) as T),
    _id: digestId('copy', original._id, index),
    identityKey: digestId('copied identity', original._id, index),
    number: 1_000_000 + index,
    assigneeId: assigneeId && digestId('colleague', index % colleagues),
    orders: Object.fromEntries(Object.entries(orders).map(([sort, place]) => [sort, place < countedBackFrom ? place - byMs : place + byMs])),
  };
}

/** So far back that nothing closes by itself during a run: the tolerance is 24 hours. */
const spreadMs = 20 * 60 * 60 * 1000;
const batch = 1_000;

/** Fills a workspace up to so many conversations with copies of those it has. They have no journal: lists read none. */
export async function fillUp(mongoUrl: string, database: string, workspaceId: string, wanted: number, onProgress: (stored: number) => void): Promise<void> {
  const client = await new mongoose.mongo.MongoClient(mongoUrl).connect();
  try {
    const collection = client.db(database).collection<StoredConversation>('conversation_projection');
    const originals = await collection.find({ workspaceId }).toArray();
    for (let stored = originals.length; stored < wanted; ) {
      const copies = Array.from({ length: Math.min(batch, wanted - stored) }, (_, offset) => {
        const index = stored + offset;
        const original = originals[index % originals.length];
        if (!original) throw new Error(`Workspace ${workspaceId} has no conversations to copy`);
        return copyOf(original, index, Math.floor((spreadMs * index) / wanted));
      });
      await collection.insertMany(copies, { ordered: false });
      stored += copies.length;
      onProgress(stored);
    }
  } finally {
    await client.close();
  }
}
