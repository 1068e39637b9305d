import { type Collection, type Db, type Document } from 'mongodb';

import { Fixture } from './fixture.js';

interface Explained {
  readonly queryPlanner: { readonly winningPlan: Document };
  readonly executionStats: { readonly nReturned: number; readonly totalKeysExamined: number; readonly totalDocsExamined: number };
}

let fixture: Fixture;
let database: Db;
let chats: Collection;
beforeAll(async () => {
  fixture = await Fixture.start();
  database = await fixture.database();
  chats = database.collection('chats');
  await chats.createIndex({ team: 1, at: -1, _id: -1 });
  await chats.insertMany(Array.from({ length: 3_000 }, (_, n) => ({ _id: n as never, team: n % 3, at: n, open: n % 10 === 0 })));
});
afterAll(() => fixture.stop());

const explain = async (filter: Document, sort: Document, limit: number): Promise<Explained> =>
  (await chats.find(filter).sort(sort).limit(limit).explain('executionStats')) as Explained;

describe('explain', () => {
  it('counts the keys of a page that an index serves', async () => {
    const { queryPlanner, executionStats } = await explain({ team: 1 }, { team: 1, at: -1, _id: -1 }, 20);
    expect(executionStats.nReturned).toBe(20);
    expect(executionStats.totalKeysExamined).toBeGreaterThanOrEqual(20);
    expect(executionStats.totalKeysExamined).toBeLessThan(60);
    expect(executionStats.totalDocsExamined).toBeLessThan(60);
    const plan = JSON.stringify(queryPlanner.winningPlan);
    expect(plan).toContain('"stage":"IXSCAN","indexName":"team_1_at_-1__id_-1"');
    expect(plan).not.toContain('SORT');
  });

  it('counts a page in the middle as cheaply as the first', async () => {
    const after = { team: 1, at: { $lte: 1_501 }, $or: [{ at: { $lt: 1_501 } }, { at: 1_501, _id: { $lt: 1_501 as never } }] };
    const { executionStats } = await explain(after, { team: 1, at: -1, _id: -1 }, 20);
    expect(executionStats.nReturned).toBe(20);
    expect(executionStats.totalKeysExamined).toBeLessThan(60);
  });

  it('counts the keys that were read in vain', async () => {
    const { executionStats } = await explain({ team: 1, open: true }, { team: 1, at: -1, _id: -1 }, 1_000);
    expect(executionStats.nReturned).toBe(100);
    expect(executionStats.totalKeysExamined).toBeGreaterThanOrEqual(1_000);
    expect(executionStats.totalDocsExamined).toBeGreaterThanOrEqual(1_000);
  });

  it('shows a scan of the whole collection for what it is', async () => {
    const { queryPlanner, executionStats } = await explain({ open: true }, {}, 0);
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('COLLSCAN');
    expect(executionStats).toMatchObject({ totalKeysExamined: 0, totalDocsExamined: 3_000, nReturned: 300 });
  });

  it('knows the index of an _id', async () => {
    const { queryPlanner, executionStats } = await explain({ _id: 7 }, {}, 0);
    expect(JSON.stringify(queryPlanner.winningPlan)).toContain('"indexName":"_id_"');
    expect(executionStats).toMatchObject({ nReturned: 1, totalKeysExamined: 1, totalDocsExamined: 1 });
  });

  it('counts a page in the middle of what has a word in its array as cheaply as the first, after a power cut too', async () => {
    const tagged = database.collection('tagged');
    // Made before any array is there: what the index knows of its paths is written with the documents.
    await tagged.createIndex({ tags: 1, at: 1, _id: 1 });
    const words = [['vip', 'zeta'], ['xeno']];
    await tagged.insertMany(Array.from({ length: 3_000 }, (_, n) => ({ _id: n as never, tags: words[n] ?? (n % 2 === 0 ? ['vip', 'new'] : []), at: n })));
    const after = { tags: 'vip', at: { $gte: 1_500 }, $or: [{ at: { $gt: 1_500 } }, { _id: { $gt: 1_500 as never } }] };
    const page = () => tagged.find(after).sort({ at: 1, _id: 1 }).limit(20);
    const proveIt = async (): Promise<void> => {
      const { executionStats } = (await page().explain('executionStats')) as unknown as Explained;
      expect(executionStats.nReturned).toBe(20);
      expect(executionStats.totalKeysExamined).toBeLessThan(60);
      expect((await page().toArray()).map(({ _id }) => Number(_id))).toEqual(Array.from({ length: 20 }, (_, n) => 1_502 + 2 * n));
      // By their least word, which is not always one that was asked for: the index alone would put the first last.
      expect((await tagged.find({ tags: { $gte: 'w' } }).sort({ tags: 1, _id: 1 }).toArray()).map(({ tags }) => tags as string[])).toEqual(words);
    };
    await proveIt();
    await fixture.engine.kill();
    await fixture.engine.restart();
    await proveIt();
  });

  it('explains aggregations too', async () => {
    const explained = (await chats.aggregate([{ $match: { team: 2 } }, { $sort: { team: 1, at: -1, _id: -1 } }, { $limit: 5 }]).explain('executionStats')) as unknown as Explained;
    expect(explained.executionStats.totalKeysExamined).toBeLessThan(30);
    expect(explained.executionStats.nReturned).toBe(5);
  });

  it('runs no write', async () => {
    await database.command({ explain: { delete: 'chats', deletes: [{ q: {}, limit: 0 }] } });
    expect(await chats.countDocuments()).toBe(3_000);
  });
});
