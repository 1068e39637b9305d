import mongoose, { type Connection, Schema } from 'mongoose';

import { failureOf, Fixture } from './fixture.js';

let fixture: Fixture;
let connection: Connection;
let Customer: ReturnType<typeof customerModel>;
beforeAll(async () => {
  fixture = await Fixture.start();
  connection = await mongoose.createConnection(fixture.uri, { dbName: 'mongoose', autoIndex: false }).asPromise();
  Customer = customerModel();
  await Customer.createCollection();
  await Customer.createIndexes();
});
afterAll(async () => {
  await connection.close();
  await fixture.stop();
});

const customerSchema = new Schema(
  { email: { type: String, required: true }, name: String, tags: [String], visits: { type: Number, default: 0 } },
  { timestamps: true, optimisticConcurrency: true },
);
customerSchema.index({ email: 1 }, { unique: true });
customerSchema.index({ tags: 1, _id: 1 });

const customerModel = () => connection.model('Customer', customerSchema);

describe('mongoose', () => {
  it('makes its collections and indexes, and finds nothing to change afterwards', async () => {
    expect((await Customer.listIndexes()).map(({ name }) => name as string)).toEqual(['_id_', 'email_1', 'tags_1__id_1']);
    expect(await Customer.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });
  });

  it('saves, finds, populates and aggregates', async () => {
    const Note = connection.model('Note', new Schema({ customer: { type: Schema.Types.ObjectId, ref: 'Customer' }, text: String }));
    const ana = await Customer.create({ email: 'ana@x', tags: ['vip', 'es'] });
    await Note.create({ customer: ana._id, text: 'Calls at noon' });
    const note = await Note.findOne({}).populate<{ customer: { email: string } }>('customer').orFail();
    expect(note.customer.email).toBe('ana@x');
    expect(await Customer.find({ tags: 'vip' }).sort({ tags: 1, _id: 1 }).lean()).toHaveLength(1);
    expect(await Customer.aggregate([{ $unwind: '$tags' }, { $sortByCount: '$tags' }])).toHaveLength(2);
    expect(await failureOf(Customer.create({ email: 'ana@x' }))).toMatchObject({ code: 11000, keyPattern: { email: 1 }, keyValue: { email: 'ana@x' } });
  });

  it('notices a concurrent change', async () => {
    const { _id } = await Customer.create({ email: 'ben@x' });
    const [one, other] = [await Customer.findById(_id).orFail(), await Customer.findById(_id).orFail()];
    one.set('name', 'Ben');
    await one.save();
    other.set('name', 'Benno');
    expect(await failureOf(other.save())).toMatchObject({ name: 'VersionError' });
  });

  it('runs transactions', async () => {
    await connection.transaction(async (session) => {
      await Customer.create([{ email: 'cleo@x' }, { email: 'dan@x' }], { session, ordered: true });
    });
    const aborted = connection.transaction(async (session) => {
      await Customer.create([{ email: 'eva@x' }], { session });
      throw new Error('changed my mind');
    });
    expect((await failureOf(aborted)).message).toBe('changed my mind');
    expect(await Customer.countDocuments({ email: { $in: ['cleo@x', 'dan@x', 'eva@x'] } })).toBe(2);
  });
});
