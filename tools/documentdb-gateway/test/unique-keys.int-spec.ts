import { type Collection, MongoBulkWriteError } from 'mongodb';

import { failureOf, Fixture } from './fixture.js';

let fixture: Fixture;
beforeAll(async () => (fixture = await Fixture.start()));
afterAll(() => fixture.stop());

async function accounts(): Promise<Collection> {
  const collection = (await fixture.database()).collection('accounts');
  await collection.createIndex({ workspace: 1, email: 1 }, { unique: true });
  return collection;
}

const takenBy = (email: string) => ({ code: 11000, keyPattern: { workspace: 1, email: 1 }, keyValue: { workspace: 'w', email } });

describe('a duplicate key', () => {
  it('is reported with its index and values, whatever the command', async () => {
    const collection = await accounts();
    await collection.insertMany([
      { _id: 1 as never, workspace: 'w', email: 'a@x' },
      { _id: 2 as never, workspace: 'w', email: 'b@x' },
    ]);
    const inserted = await failureOf(collection.insertOne({ workspace: 'w', email: 'a@x' }));
    expect(inserted).toMatchObject({ ...takenBy('a@x'), name: 'MongoServerError' });
    expect(inserted.message).toMatch(/^E11000 duplicate key error collection: test_\w+\.accounts index: workspace_1_email_1 dup key: \{ workspace: "w", email: "a@x" \}$/);
    expect(await failureOf(collection.insertOne({ _id: 1 as never }))).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
    expect(await failureOf(collection.updateOne({ _id: 2 as never }, { $set: { workspace: 'w', email: 'a@x' } }))).toMatchObject(takenBy('a@x'));
    expect(await failureOf(collection.findOneAndUpdate({ _id: 2 as never }, { $set: { email: 'a@x' } }))).toMatchObject(takenBy('a@x'));
    const bulk = await failureOf(collection.bulkWrite([{ insertOne: { document: { workspace: 'w', email: 'b@x' } } }]));
    expect((bulk as unknown as MongoBulkWriteError).writeErrors).toMatchObject([{ index: 0, code: 11000 }]);
  });

  it('is reported when an index cannot be made for it', async () => {
    const collection = (await fixture.database()).collection('plain');
    await collection.insertMany([{ email: 'a' }, { email: 'a' }]);
    expect(await failureOf(collection.createIndex({ email: 1 }, { unique: true }))).toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'a' },
    });
  });
});

describe('races', () => {
  it('for a unique key have one winner, and losers that know why', async () => {
    const collection = await accounts();
    const attempts = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => collection.insertOne({ workspace: 'w', email: 'a@x', n })));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason as unknown] : []));
    for (const reason of reasons) expect(reason).toMatchObject(takenBy('a@x'));
    expect(await collection.countDocuments()).toBe(1);
  });

  it('for one _id have one winner', async () => {
    const collection = await accounts();
    const attempts = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => collection.insertOne({ _id: 'one' as never, email: `${n}` })));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('of upserts make one document and lose no update', async () => {
    const collection = await accounts();
    await Promise.all(
      Array.from({ length: 40 }, () => collection.updateOne({ workspace: 'w', email: 'a@x' }, { $inc: { visits: 1 } }, { upsert: true })),
    );
    await Promise.all(
      Array.from({ length: 40 }, () => collection.findOneAndUpdate({ workspace: 'w', email: 'a@x' }, { $inc: { visits: 1 } }, { upsert: true })),
    );
    expect(await collection.find().toArray()).toMatchObject([{ visits: 80 }]);
  });

  it('of increments lose none', async () => {
    const collection = await accounts();
    await collection.insertOne({ _id: 'counter' as never, value: 0 });
    await Promise.all(Array.from({ length: 100 }, () => collection.updateOne({ _id: 'counter' as never }, { $inc: { value: 1 } })));
    expect(await collection.findOne({ _id: 'counter' as never })).toMatchObject({ value: 100 });
  });

  it('of claims, conditional updates, have one winner', async () => {
    const collection = await accounts();
    await collection.insertOne({ _id: 'chat' as never, assignee: null });
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, agent) => collection.updateOne({ _id: 'chat' as never, assignee: null }, { $set: { assignee: agent } })),
    );
    expect(claims.filter(({ modifiedCount }) => modifiedCount === 1)).toHaveLength(1);
  });

  it('of batches that share keys end with each key once, and with no error but the duplicates', async () => {
    const collection = await accounts();
    const keys = Array.from({ length: 12 }, (_, n) => `${n}@x`);
    const batches = await Promise.allSettled(
      Array.from({ length: 16 }, (_, shift) =>
        collection.insertMany([...keys.slice(shift % 12), ...keys.slice(0, shift % 12)].map((email) => ({ workspace: 'w', email })), { ordered: false }),
      ),
    );
    const codes = batches.flatMap((batch) =>
      batch.status === 'rejected' ? (batch.reason as MongoBulkWriteError & { writeErrors: { code: number }[] }).writeErrors.map(({ code }) => code) : [],
    );
    expect(new Set(codes)).toEqual(new Set([11000]));
    expect((await collection.find().toArray()).map(({ email }) => email as string).toSorted()).toEqual(keys.toSorted());
  });

  it('of batches that change the same documents in another order lose nothing', async () => {
    const collection = await accounts();
    const ids = Array.from({ length: 10 }, (_, n) => n);
    await collection.insertMany(ids.map((n) => ({ _id: n as never, email: `${n}`, value: 0 })));
    await Promise.all(
      Array.from({ length: 20 }, (_, round) =>
        collection.bulkWrite((round % 2 ? ids : ids.toReversed()).map((n) => ({ updateOne: { filter: { _id: n as never }, update: { $inc: { value: 1 } } } }))),
      ),
    );
    expect((await collection.find().toArray()).map(({ value }) => value as number)).toEqual(ids.map(() => 20));
  });
});
