import { AppError } from '@relevo/contracts';
import { databaseOptions, isDatabaseUnavailable, ServiceConfig } from '@relevo/platform';
import { eventually } from '@relevo/testing';
import mongoose from 'mongoose';
import { naturalKey } from '../src/index.js';
import { Replicas, type Replica } from './replicas.js';
import { slowWay } from './slow-way.js';

let replicas: Replicas;
let replica: Replica;

beforeAll(async () => {
  replicas = await Replicas.start();
  replica = await replicas.another({ outageMs: new ServiceConfig().OUTAGE_MS });
});

afterAll(() => replicas?.stop());

const promisedMs = 2_000;

const isAway = (error: unknown): boolean => (error instanceof AppError ? error.code === 'UNAVAILABLE' : isDatabaseUnavailable(error));

const tickMs = 10;

/**
 * Asks of a frozen database: the longest that one refusal took, by this process's own time, in which each moment that a
 * busy machine kept it waiting is one tick.
 */
async function refusedWithin(operations: Promise<unknown>[]): Promise<number> {
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), tickMs);
  try {
    const took = await Promise.all(
      operations.map(async (operation) => {
        const error: unknown = await operation.then(() => new Error('was answered'), (reason: unknown) => reason);
        expect(isAway(error) ? 'away' : error).toBe('away');
        return ticks * tickMs;
      }),
    );
    return Math.max(...took);
  } finally {
    clearInterval(ticking);
  }
}

const add = (aggregateId: string, key: string) => ({ workspaceId: 'sur', aggregateId, command: { type: 'add', amount: 1 } as const, ...naturalKey(key) });

it('a frozen database: every operation and every command is refused in time; then both work, and no command is done twice', async () => {
  const { connection, journal } = replica;
  const documents = connection.collection<{ _id: number }>('documents');
  await documents.insertOne({ _id: 0 });
  const ids = Array.from({ length: 20 }, (_, index) => `frozen-${index}`);
  for (const id of ids) await journal.append(add(id, `first/${id}`));
  const { database } = replicas.stack;
  await database.pause();
  const underWay = [
    documents.findOne({ _id: 0 }),
    documents.find().toArray(),
    documents.insertOne({ _id: 1 }),
    documents.updateMany({}, { $set: { seen: true } }),
    connection.db!.command({ ping: 1 }),
    // More than there are connections.
    ...Array.from({ length: 60 }, () => documents.countDocuments()),
    ...ids.map((id) => journal.append(add(id, `second/${id}`))),
  ];
  expect(await refusedWithin(underWay)).toBeLessThan(promisedMs);
  expect(await refusedWithin([documents.findOne({ _id: 0 }), journal.append(add(ids[0]!, 'third'))])).toBeLessThan(promisedMs);
  await database.resume();
  await eventually(() => documents.findOne({ _id: 0 }));
  // What the first tries came to is unknown: each may have been carried out, or not.
  for (const id of ids) {
    await eventually(() => journal.append(add(id, `second/${id}`)));
    expect((await journal.entries(id)).map(({ commandKey }) => commandKey)).toEqual([`=first/${id}`, `=second/${id}`]);
  }
});

it('what takes longer on a database that is well is not broken off', async () => {
  const way = await slowWay(replicas.stack.database.url, 'slow_documents', 2 * promisedMs);
  const connection = await mongoose.createConnection(way.url, databaseOptions('slow', new ServiceConfig())).asPromise();
  const asked = performance.now();
  await connection.collection('slow_documents').insertOne({ well: true });
  expect(performance.now() - asked).toBeGreaterThan(promisedMs);
  await connection.close();
  way.close();
});
