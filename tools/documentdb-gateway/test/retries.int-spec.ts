import { randomBytes } from 'node:crypto';

import { type Db, type Document } from 'mongodb';

import { Fixture } from './fixture.js';
import { asSent, WireClient } from './wire-client.js';

let fixture: Fixture;
let wire: WireClient;
beforeAll(async () => {
  fixture = await Fixture.start();
  wire = await WireClient.connect(fixture.port);
});
afterAll(async () => {
  wire.close();
  await fixture.stop();
});

const inNewSession = (database: Db, command: Document, txnNumber = 1n): Document =>
  asSent(database.databaseName, command, randomBytes(16), txnNumber);

async function sendThrice(command: Document): Promise<Document[]> {
  const replies: Document[] = [];
  for (let copy = 0; copy < 3; copy++) replies.push(await wire.command(command));
  return replies;
}

describe('a write that arrives several times is applied once and answered the same', () => {
  it('insert', async () => {
    const database = await fixture.database();
    const replies = await sendThrice(inNewSession(database, { insert: 'c', documents: [{ _id: 1 }] }));
    expect(replies).toEqual([replies[0], replies[0], replies[0]]);
    expect(replies[0]).toMatchObject({ n: 1, ok: 1 });
    expect(await database.collection('c').countDocuments()).toBe(1);
  });

  it('insert of a batch', async () => {
    const database = await fixture.database();
    const replies = await sendThrice(inNewSession(database, { insert: 'c', documents: [{ _id: 1 }, { _id: 2 }, {}] }));
    expect(replies).toMatchObject([{ n: 3 }, { n: 3 }, { n: 3 }]);
    expect(await database.collection('c').countDocuments()).toBe(3);
  });

  it('update, also as a batch', async () => {
    const database = await fixture.database();
    await database.collection<{ _id: number; n: number }>('c').insertMany([{ _id: 1, n: 0 }, { _id: 2, n: 0 }]);
    const increment = (id: number) => ({ q: { _id: id }, u: { $inc: { n: 1 } } });
    await sendThrice(inNewSession(database, { update: 'c', updates: [increment(1)] }));
    const replies = await sendThrice(inNewSession(database, { update: 'c', updates: [increment(1), increment(2)] }));
    expect(replies).toMatchObject([{ nModified: 2 }, { nModified: 2 }, { nModified: 2 }]);
    expect(await database.collection('c').find().sort({ _id: 1 }).toArray()).toMatchObject([{ n: 2 }, { n: 1 }]);
  });

  it('upsert', async () => {
    const database = await fixture.database();
    const replies = await sendThrice(inNewSession(database, { update: 'c', updates: [{ q: { _id: 'u' }, u: { $inc: { n: 1 } }, upsert: true }] }));
    expect(replies).toMatchObject(Array(3).fill({ n: 1, upserted: [{ index: 0, _id: 'u' }] }));
    expect(await database.collection('c').find().toArray()).toMatchObject([{ n: 1 }]);
  });

  it('delete', async () => {
    const database = await fixture.database();
    await database.collection('c').insertMany([{ group: 1 }, { group: 1 }, { group: 1 }]);
    const replies = await sendThrice(inNewSession(database, { delete: 'c', deletes: [{ q: { group: 1 }, limit: 1 }] }));
    expect(replies).toMatchObject([{ n: 1 }, { n: 1 }, { n: 1 }]);
    expect(await database.collection('c').countDocuments()).toBe(2);
  });

  it('findAndModify', async () => {
    const database = await fixture.database();
    const replies = await sendThrice(inNewSession(database, { findAndModify: 'c', query: { _id: 'sequence' }, update: { $inc: { next: 1 } }, upsert: true, new: true }),
    );
    expect(replies).toMatchObject(Array(3).fill({ value: { _id: 'sequence', next: 1 } }));
  });

  it('at the same time', async () => {
    const wires = await Promise.all(Array.from({ length: 10 }, () => WireClient.connect(fixture.port)));
    const database = await fixture.database();
    await database.collection<{ _id: number; n: number }>('c').insertOne({ _id: 1, n: 0 });
    const command = inNewSession(database, { update: 'c', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] });
    const replies = await Promise.all(wires.map((each) => each.command(command)));
    wires.forEach((each) => each.close());
    expect(replies).toMatchObject(Array(10).fill({ nModified: 1 }));
    expect(await database.collection('c').findOne({})).toMatchObject({ n: 1 });
  });

  it('a batch of which a part failed', async () => {
    const database = await fixture.database();
    await database.collection<{ _id: number }>('c').insertOne({ _id: 2 });
    const replies = await sendThrice(inNewSession(database, { insert: 'c', documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] }));
    expect(replies).toMatchObject(Array(3).fill({ n: 1, writeErrors: [{ index: 1, code: 11000, keyPattern: { _id: 1 } }] }));
    expect(await database.collection('c').countDocuments()).toBe(2);
  });
});

it('a write that failed is tried again when it arrives again', async () => {
  const database = await fixture.database();
  await database.collection<{ _id: number }>('c').insertOne({ _id: 1 });
  const command = inNewSession(database, { insert: 'c', documents: [{ _id: 1 }] });
  expect(await wire.command(command)).toMatchObject({ n: 0, writeErrors: [{ code: 11000 }] });
  await database.collection<{ _id: number }>('c').deleteOne({ _id: 1 });
  expect(await wire.command(command)).toMatchObject({ n: 1 });
});

it('a write older than the last of its session is refused', async () => {
  const database = await fixture.database();
  const later = inNewSession(database, { insert: 'c', documents: [{ _id: 1 }] }, 7n);
  await wire.command(later);
  expect(await wire.command({ ...later, documents: [{ _id: 2 }], txnNumber: 6n })).toMatchObject({ code: 225 });
  expect(await database.collection('c').countDocuments()).toBe(1);
});
