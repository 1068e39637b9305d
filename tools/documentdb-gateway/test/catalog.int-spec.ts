import { failureOf, Fixture } from './fixture.js';

let fixture: Fixture;
beforeAll(async () => (fixture = await Fixture.start()));
afterAll(() => fixture.stop());

describe('collections', () => {
  it('are created, listed and dropped', async () => {
    const database = await fixture.database();
    await database.createCollection('conversations');
    expect((await database.listCollections().toArray()).map(({ name }) => name)).toEqual(['conversations']);
    expect((await database.admin().listDatabases()).databases.map(({ name }) => name)).toContain(database.databaseName);
    expect(await database.dropCollection('conversations')).toBe(true);
    await database.collection('left').insertOne({});
    await database.dropDatabase();
    expect(await database.listCollections().toArray()).toEqual([]);
  });

  it('come into being once when many first writes race', async () => {
    const first = (await fixture.database()).collection('first');
    await Promise.all(Array.from({ length: 30 }, (_, n) => first.insertOne({ n })));
    expect(await first.countDocuments()).toBe(30);
  });
});

describe('indexes', () => {
  it('are created, listed and dropped', async () => {
    const tags = (await fixture.database()).collection('tags');
    await tags.createIndexes([
      { key: { workspace: 1, name: 1 }, name: 'by_name', unique: true },
      { key: { expiresAt: 1 }, name: 'ttl', expireAfterSeconds: 60 },
      { key: { open: 1 }, name: 'open_only', partialFilterExpression: { open: true } },
    ]);
    const indexes = await tags.indexes();
    expect(indexes.map(({ name }) => name)).toEqual(['_id_', 'by_name', 'ttl', 'open_only']);
    expect(indexes[1]).toMatchObject({ key: { workspace: 1, name: 1 }, unique: true });
    expect(indexes[2]).toMatchObject({ expireAfterSeconds: 60 });
    expect(indexes[3]).toMatchObject({ partialFilterExpression: { open: true } });
    await tags.dropIndex('by_name');
    expect(await tags.indexes()).toHaveLength(3);
    expect(await failureOf(tags.dropIndex('by_name'))).toMatchObject({ code: 27, codeName: 'IndexNotFound' });
  });

  it('that several instances make at the same time are made once', async () => {
    const tags = (await fixture.database()).collection('tags');
    const names = await Promise.all(Array.from({ length: 12 }, () => tags.createIndex({ name: 1 }, { unique: true })));
    expect(new Set(names)).toEqual(new Set(['name_1']));
    expect(await tags.indexes()).toHaveLength(2);
  });

  it('that are partial are unique among what they hold only', async () => {
    const chats = (await fixture.database()).collection('chats');
    await chats.createIndex({ customer: 1 }, { unique: true, partialFilterExpression: { open: true } });
    await chats.insertMany([
      { customer: 'c', open: false },
      { customer: 'c', open: false },
      { customer: 'c', open: true },
    ]);
    expect(await failureOf(chats.insertOne({ customer: 'c', open: true }))).toMatchObject({ code: 11000, keyPattern: { customer: 1 } });
  });

  it('remove what has expired', async () => {
    const codes = (await fixture.database()).collection('codes');
    await codes.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
    await codes.insertMany([{ expiresAt: new Date(0) }, { expiresAt: new Date(Date.now() + 3_600_000) }]);
    while ((await codes.countDocuments()) > 1);
    expect(await codes.countDocuments({ expiresAt: { $gt: new Date() } })).toBe(1);
  });
});

describe('what is wrong', () => {
  it('is said in the words of MongoDB', async () => {
    const database = await fixture.database();
    expect(await failureOf(database.command({ teleport: 1 }))).toMatchObject({ code: 59, codeName: 'CommandNotFound' });
    expect(await failureOf(database.collection('c').updateOne({}, { $teleport: {} }, { upsert: true }))).toMatchObject({ code: 9 });
    expect(await failureOf(database.collection('c').aggregate([{ $teleport: {} }]).toArray())).toMatchObject({ code: 40324 });
  });
});
