import { GridFSBucket, type Document } from 'mongodb';

import { failureOf, Fixture } from './fixture.js';

let fixture: Fixture;
beforeAll(async () => (fixture = await Fixture.start()));
afterAll(() => fixture.stop());

const numbered = (count: number): Document[] =>
  Array.from({ length: count }, (_, n) => ({ _id: n as never, n, group: n % 5, text: `text ${n}` }));

describe('documents', () => {
  it('are inserted, found, changed, replaced and deleted', async () => {
    const people = (await fixture.database()).collection<{ _id: string; name: string; visits?: number }>('people');
    await people.insertOne({ _id: 'a', name: 'Ana' });

    expect(await people.updateOne({ _id: 'a' }, { $inc: { visits: 2 } })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await people.findOneAndUpdate({ _id: 'a' }, { $inc: { visits: 1 } }, { returnDocument: 'after' })).toEqual({
      _id: 'a',
      name: 'Ana',
      visits: 3,
    });
    expect(await people.updateOne({ _id: 'b' }, { $set: { name: 'Ben' } }, { upsert: true })).toMatchObject({ upsertedId: 'b' });
    expect(await people.replaceOne({ _id: 'b' }, { name: 'Bea' })).toMatchObject({ modifiedCount: 1 });
    expect(await people.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', name: 'Ana', visits: 3 },
      { _id: 'b', name: 'Bea' },
    ]);
    expect(await people.deleteOne({ _id: 'a' })).toMatchObject({ deletedCount: 1 });
    expect(await people.findOne({ _id: 'a' })).toBeNull();
  });

  it('keep their types', async () => {
    const values = (await fixture.database()).collection('values');
    const at = new Date('2026-03-01T10:00:00.123Z');
    await values.insertOne({ at, long: 2n ** 53n, double: 1.5, text: 'ñandú 🐦', bytes: Buffer.from([0, 255]), nothing: null, pattern: /a+/i });
    const found = await values.findOne({}, { promoteBuffers: true, useBigInt64: true });
    expect(found).toMatchObject({ at, long: 2n ** 53n, double: 1.5, text: 'ñandú 🐦', bytes: Buffer.from([0, 255]), nothing: null, pattern: /a+/i });
  });

  it('are counted, told apart and aggregated', async () => {
    const numbers = (await fixture.database()).collection('numbers');
    await numbers.insertMany(numbered(50));
    expect(await numbers.countDocuments({ group: 3 })).toBe(10);
    expect(await numbers.distinct('group')).toEqual([0, 1, 2, 3, 4]);
    const sums = await numbers.aggregate([{ $group: { _id: '$group', sum: { $sum: '$n' } } }, { $sort: { _id: 1 } }]).toArray();
    expect(sums[0]).toEqual({ _id: 0, sum: 225 });
    expect(sums).toHaveLength(5);
  });

  it('are written in batches, ordered or not', async () => {
    const numbers = (await fixture.database()).collection('numbers');
    await numbers.insertMany(numbered(10));
    const writes = await numbers.bulkWrite([
      { updateOne: { filter: { n: 1 }, update: { $set: { text: 'one' } } } },
      { updateMany: { filter: { group: 2 }, update: { $set: { text: 'two' } } } },
      { deleteOne: { filter: { n: 9 } } },
      { insertOne: { document: { n: 10 } } },
    ]);
    expect(writes).toMatchObject({ matchedCount: 3, deletedCount: 1, insertedCount: 1 });

    const again = [{ _id: 20 }, { _id: 1 }, { _id: 21 }] as unknown as Document[];
    const ordered = await failureOf(numbers.insertMany(again));
    expect(ordered).toMatchObject({ code: 11000, insertedCount: 1 });
    const unordered = await failureOf(numbers.insertMany([{ _id: 22 }, { _id: 2 }, { _id: 23 }] as unknown as Document[], { ordered: false }));
    expect(unordered).toMatchObject({ code: 11000, insertedCount: 2 });
    expect(await numbers.countDocuments({ _id: { $in: [20, 21, 22, 23] as never[] } })).toBe(3);
  });
});

describe('cursors', () => {
  it('go through all pages, whether the engine streams them or holds them', async () => {
    const numbers = (await fixture.database()).collection('numbers');
    await numbers.insertMany(numbered(1_000));
    expect(await numbers.find().batchSize(70).toArray()).toHaveLength(1_000);
    const sorted = await numbers.find().sort({ text: -1, _id: 1 }).batchSize(70).toArray();
    expect(sorted.map(({ text }) => text as string)).toEqual(sorted.map(({ text }) => text as string).toSorted().toReversed());
    expect(await numbers.aggregate([{ $match: { group: { $lt: 3 } } }], { batchSize: 50 }).toArray()).toHaveLength(600);
  });

  it('give their connection back when they are closed early', async () => {
    const numbers = (await fixture.database()).collection('numbers');
    await numbers.insertMany(numbered(300));
    // More than the gateway has connections: if each kept one, the last would wait in vain.
    for (let n = 0; n < 120; n++) {
      const cursor = numbers.find().sort({ text: 1 }).batchSize(2);
      expect(await cursor.next()).not.toBeNull();
      await cursor.close();
    }
    expect(await numbers.countDocuments()).toBe(300);
  });

  it('that are unknown are reported as such', async () => {
    const database = await fixture.database();
    expect(await failureOf(database.command({ getMore: 12345n, collection: 'none' }))).toMatchObject({ code: 43, codeName: 'CursorNotFound' });
  });
});

describe('files', () => {
  it('are stored and read back through GridFS', async () => {
    const bucket = new GridFSBucket(await fixture.database());
    const content = Buffer.from(Array.from({ length: 700_000 }, (_, n) => n % 251));
    const upload = bucket.openUploadStream('voice.ogg');
    await new Promise<void>((resolve, reject) => upload.once('finish', resolve).once('error', reject).end(content));
    const chunks: Buffer[] = [];
    for await (const chunk of bucket.openDownloadStream(upload.id)) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });
});

describe('time limits', () => {
  it('end a write that waits for another', async () => {
    const client = await fixture.connect();
    const database = await fixture.database();
    const numbers = database.collection('numbers');
    await numbers.insertOne({ n: 1 });
    const session = client.startSession();
    session.startTransaction();
    await client.db(database.databaseName).collection('numbers').updateOne({ n: 1 }, { $set: { n: 2 } }, { session });
    expect(await failureOf(numbers.updateOne({ n: 1 }, { $set: { n: 3 } }, { maxTimeMS: 50 }))).toMatchObject({ code: 50 });
    await session.abortTransaction();
    await session.endSession();
    expect(await numbers.updateOne({ n: 1 }, { $set: { n: 3 } }, { maxTimeMS: 60_000 })).toMatchObject({ modifiedCount: 1 });
  });
});
