import mongoose from 'mongoose';
import { floor } from './words.js';

/**
 * Gives the floor's database the product's conversations, so that its replacement is as large. Without the product's
 * indexes: what lists and repeats need is the product's to pay.
 */
export async function copyConversations(mongoUrl: string, from: string, to: string, conversationIds: readonly string[]): Promise<void> {
  const client = await new mongoose.mongo.MongoClient(mongoUrl).connect();
  try {
    const conversationsOf = (database: string) => client.db(database).collection<{ _id: string }>(floor.conversations);
    const originals = await conversationsOf(from).find({ _id: { $in: [...conversationIds] } }).toArray();
    await conversationsOf(to).insertMany(originals);
    await client.db(to).createCollection(floor.entries);
  } finally {
    await client.close();
  }
}
