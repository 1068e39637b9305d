import { randomBytes } from 'node:crypto';

import { type ClientSession, type MongoClient } from 'mongodb';

import { failureOf, Fixture } from './fixture.js';
import { asSent, WireClient } from './wire-client.js';

interface Account {
  _id: string;
  amount: number;
}

let fixture: Fixture;
let client: MongoClient;
beforeAll(async () => {
  fixture = await Fixture.start();
  client = await fixture.connect();
});
afterAll(() => fixture.stop());

async function accounts() {
  const { databaseName } = await fixture.database();
  const collection = client.db(databaseName).collection<Account>('accounts');
  await collection.insertMany([
    { _id: 'a', amount: 100 },
    { _id: 'b', amount: 0 },
  ]);
  return collection;
}

const addOne = { q: { _id: 'a' }, u: { $inc: { amount: 1 } } };

const inSession = <T>(work: (session: ClientSession) => Promise<T>): Promise<T> => client.withSession(work);

describe('a transaction', () => {
  it('takes effect as a whole when it is committed', async () => {
    const collection = await accounts();
    await inSession((session) =>
      session.withTransaction(async () => {
        await collection.updateOne({ _id: 'a' }, { $inc: { amount: -10 } }, { session });
        await collection.updateOne({ _id: 'b' }, { $inc: { amount: 10 } }, { session });
        // Its own writes are seen within, and not without.
        expect(await collection.findOne({ _id: 'b' }, { session })).toMatchObject({ amount: 10 });
        expect(await collection.findOne({ _id: 'b' })).toMatchObject({ amount: 0 });
      }),
    );
    expect(await collection.find().sort({ _id: 1 }).toArray()).toMatchObject([{ amount: 90 }, { amount: 10 }]);
  });

  it('leaves nothing when it is aborted, or when a statement of it fails', async () => {
    const collection = await accounts();
    await inSession(async (session) => {
      session.startTransaction();
      await collection.updateOne({ _id: 'a' }, { $inc: { amount: -10 } }, { session });
      await session.abortTransaction();

      session.startTransaction();
      await collection.updateOne({ _id: 'a' }, { $inc: { amount: -10 } }, { session });
      expect(await failureOf(collection.insertOne({ _id: 'b', amount: 5 }, { session }))).toMatchObject({ code: 11000, keyPattern: { _id: 1 } });
      expect(await failureOf(session.commitTransaction())).toMatchObject({ code: 251 });
    });
    expect(await collection.findOne({ _id: 'a' })).toMatchObject({ amount: 100 });
  });

  it('that meets another one is told to start again, and withTransaction does', async () => {
    const collection = await accounts();
    await Promise.all(
      Array.from({ length: 10 }, () =>
        inSession((session) =>
          session.withTransaction(async () => {
            const { amount } = (await collection.findOne({ _id: 'a' }, { session }))!;
            await collection.updateOne({ _id: 'a' }, { $set: { amount: amount - 1 } }, { session });
          }),
        ),
      ),
    );
    expect(await collection.findOne({ _id: 'a' })).toMatchObject({ amount: 90 });
  });

  it('reports a conflict with code and label', async () => {
    const collection = await accounts();
    await inSession(async (first) => {
      first.startTransaction();
      await collection.updateOne({ _id: 'a' }, { $inc: { amount: 1 } }, { session: first });
      await inSession(async (second) => {
        second.startTransaction();
        const conflict = await failureOf(collection.updateOne({ _id: 'a' }, { $inc: { amount: 1 } }, { session: second }));
        expect(conflict).toMatchObject({ code: 112, codeName: 'WriteConflict' });
        expect((conflict as unknown as { hasErrorLabel(label: string): boolean }).hasErrorLabel('TransientTransactionError')).toBe(true);
      });
      await first.commitTransaction();
    });
    expect(await collection.findOne({ _id: 'a' })).toMatchObject({ amount: 101 });
  });

  it('can be read page by page', async () => {
    const collection = await accounts();
    await collection.insertMany(Array.from({ length: 300 }, (_, n) => ({ _id: `x${n}`, amount: n })));
    const read = await inSession((session) =>
      session.withTransaction(() => collection.find({}, { session }).sort({ amount: 1 }).batchSize(20).toArray()),
    );
    expect(read).toHaveLength(302);
  });

  it('ends with the client that was killed in it', async () => {
    const collection = await accounts();
    const wire = await WireClient.connect(fixture.port);
    const update = asSent(collection.dbName, { update: 'accounts', updates: [addOne] }, randomBytes(16), 1n);
    expect(await wire.command({ ...update, autocommit: false, startTransaction: true })).toMatchObject({ nModified: 1 });
    wire.close();
    expect(await collection.updateOne({ _id: 'a' }, { $inc: { amount: 5 } }, { maxTimeMS: 60_000 })).toMatchObject({ modifiedCount: 1 });
    expect(await collection.findOne({ _id: 'a' })).toMatchObject({ amount: 105 });
  });

  it('whose commit arrives again is committed once, and one that never was is unknown', async () => {
    const collection = await accounts();
    const wire = await WireClient.connect(fixture.port);
    const session = randomBytes(16);
    const update = asSent(collection.dbName, { update: 'accounts', updates: [addOne] }, session, 1n);
    expect(await wire.command({ ...update, autocommit: false, startTransaction: true })).toMatchObject({ nModified: 1 });
    const commit = { ...asSent('admin', { commitTransaction: 1 }, session, 1n), autocommit: false };
    for (let copy = 0; copy < 3; copy++) expect(await wire.command(commit)).toEqual({ ok: 1 });
    expect(await wire.command({ ...commit, txnNumber: 2n })).toMatchObject({ ok: 0, code: 251, errorLabels: ['TransientTransactionError'] });
    wire.close();
    expect(await collection.findOne({ _id: 'a' })).toMatchObject({ amount: 101 });
  });
});
