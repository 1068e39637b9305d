import mongoose from 'mongoose';
import { floor } from './words.js';

/**
 * Gives the floor's database the product's conversations and the product's indexes, so that its insert and its replacement
 * cost the engine what the product's do.
 */
export async function copyConversations(mongoUrl: string, from: string, to: string, conversationIds: readonly string[]): Promise<void> {
  const client = await new mongoose.mongo.MongoClient(mongoUrl).connect();
  try {
    for (const name of [floor.entries, floor.conversations]) {
      const indexes = await client.db(from).collection(name).indexes();
      const target = client.db(to).collection(name);
      await target.createIndexes(indexes.filter(({ name: index }) => index !== '_id_').map(({ v: _, ...index }) => index as mongoose.mongo.IndexDescription));
    }
    const source = client.db(from).collection<{ _id: string }>(floor.conversations);
    await client
      .db(to)
      .collection<{ _id: string }>(floor.conversations)
      .insertMany(await source.find({ _id: { $in: [...conversationIds] } }).toArray());
  } finally {
    await client.close();
  }
}
