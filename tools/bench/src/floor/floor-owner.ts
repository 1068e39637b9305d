// The floor of an owner: the same durable insert and the same replacement as the product's, the answer, one publication.
// Decides nothing, refuses nothing, repairs nothing.
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import mongoose from 'mongoose';
import { connectionOf } from './connection.js';
import { given, ready } from './environment.js';
import { floor, type FloorConversation, type FloorSend } from './words.js';

const nats = await connect(connectionOf(given('NATS_URL'), 'floor-owner'));
const stream = jetstream(nats);
const client = await new mongoose.mongo.MongoClient(given('MONGO_URL'), { writeConcern: { w: 'majority', journal: true }, maxPoolSize: 40 }).connect();
const database = client.db(given('FLOOR_DATABASE'));
const entries = database.collection<{ _id: string }>(floor.entries);
const conversations = database.collection<FloorConversation>(floor.conversations);
const known = new Map((await conversations.find().toArray()).map((conversation) => [conversation._id, conversation]));

async function send({ conversationId, commandId, text }: FloorSend): Promise<object> {
  const before = known.get(conversationId);
  if (!before) throw new Error(`no conversation ${conversationId}`);
  const { workspaceId } = before;
  const [seq, at] = [before.seq + 1, new Date()];
  const actor = { kind: 'agent', id: 'floor', name: 'floor' };
  const entry = { aggregateId: conversationId, workspaceId, seq, commandKey: `${workspaceId}/agent/floor/${commandId}`, type: 'message', at, actor, data: { text, attachments: [] } };
  await entries.insertOne({ _id: `${conversationId}:${String(seq).padStart(10, '0')}`, ...entry });
  const after = { ...before, seq, at, lastInteractionAt: at, lastMessage: { authorKind: 'agent', text, at } };
  await conversations.replaceOne({ _id: conversationId }, after);
  known.set(conversationId, after);
  return { entry, conversation: after };
}

nats.subscribe(floor.request, {
  queue: 'floor',
  callback: (_, message) => {
    void send(message.json<FloorSend>()).then((changed) => {
      const body = JSON.stringify(changed);
      message.respond(body);
      void stream.publish(floor.event, body);
    });
  },
});
await nats.flush();
ready('');
