import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type Connection, createConnection } from 'mongoose';

const closers: (() => Promise<unknown>)[] = [];

/** After each test: a client that is left open keeps Jest waiting. */
export async function closeClients(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

export async function aNatsConnection(url: string): Promise<NatsConnection> {
  const { host, username, password } = new URL(url);
  const connection = await connect({ servers: host, user: username, pass: password, inboxPrefix: `_INBOX_${username}`, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  closers.push(() => connection.close());
  return connection;
}

export async function aDatabase(url: string): Promise<Connection> {
  const connection = await createConnection(url, { serverSelectionTimeoutMS: 20_000 }).asPromise();
  closers.push(() => connection.close());
  return connection;
}

/** One that the operator may publish to as well. */
const subject = 'evt.replay.kept';

/** Documents and durable messages, the way a stack keeps them. */
export async function keep(urls: { nats: string; database: string }, text: string): Promise<void> {
  const nats = await aNatsConnection(urls.nats);
  const manager = await jetstreamManager(nats);
  await manager.streams.add({ name: 'KEPT', subjects: [subject] });
  await jetstream(nats).publish(subject, text);
  const database = await aDatabase(urls.database);
  await database.collection<{ text: string }>('kept').insertOne({ text });
}

/** What `keep` has put there; undefined for nothing. */
export async function kept(urls: { nats: string; database: string }): Promise<{ message?: string; document?: string }> {
  const manager = await jetstreamManager(await aNatsConnection(urls.nats));
  const names = await manager.streams.names().next();
  const message = names.includes('KEPT') ? (await manager.streams.getMessage('KEPT', { last_by_subj: subject }))?.string() : undefined;
  const database = await aDatabase(urls.database);
  const document = await database.collection<{ text: string }>('kept').findOne({});
  return { ...(message === undefined ? {} : { message }), ...(document === null ? {} : { document: document.text }) };
}
