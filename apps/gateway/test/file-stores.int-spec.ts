import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { S3Server, type Stack, startStack } from '@relevo/local-stack';
import mongoose, { type Connection } from 'mongoose';
import type { FileStore } from '../src/files/store/file-store.js';
import { GridFsStore } from '../src/files/store/gridfs-store.js';
import { Pace, StoreStalled } from '../src/files/store/pace.js';
import { PieceWriter } from '../src/files/store/piece-writer.js';
import { S3Store } from '../src/files/store/s3-store.js';
import { newBlobKey } from '../src/files/uploads.js';
import { eventually } from './support/eventually.js';

/** What is kept of no file at all. */
type Leftovers = () => Promise<number>;

let stack: Stack;
let connection: Connection;
let s3: S3Server;
const stores: Record<'gridfs' | 's3', { store: FileStore; leftovers: Leftovers }> = {} as never;

beforeAll(async () => {
  stack = await startStack({ ephemeral: true, natsSilenceSeconds: 20 });
  const options = { dbName: 'files', writeConcern: { w: 'majority' as const, journal: true } };
  connection = await mongoose.createConnection(stack.database.url, options).asPromise();
  s3 = await S3Server.start();
  const gridfs = new GridFsStore(connection, new Pace({ load: 2 }));
  await gridfs.createIndexes();
  const count = (name: string): Promise<number> => connection.collection(name).countDocuments();
  stores.gridfs = { store: gridfs, leftovers: async () => (await count('files.files')) + (await count('files.chunks')) };
  stores.s3 = { store: new S3Store(s3.settings), leftovers: () => Promise.resolve(s3.objects.size + s3.uploads.size) };
});

afterAll(async () => {
  await connection?.close();
  await s3?.stop();
  await stack?.stop();
});

/** In pieces of uneven sizes. */
// eslint-disable-next-line @typescript-eslint/require-await -- content comes as it comes
async function* piecewise(bytes: Buffer, size = 70_001): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

describe.each(['gridfs', 's3'] as const)('the %s store', (name) => {
  const store = (): FileStore => stores[name].store;
  const read = async (key: string, start: number, end: number): Promise<Buffer> => buffer(await store().read(key, { start, end }));

  it.each([1, 255 * 1024, 700_000, 5 * 1024 * 1024, 12_000_003])('keeps %i bytes as they are, and gives any part of them', async (size) => {
    const [key, bytes] = [newBlobKey(), randomBytes(size)];
    await store().write(key, piecewise(bytes));
    expect((await read(key, 0, size - 1)).equals(bytes)).toBe(true);
    const middle = Math.floor(size / 2);
    for (const [start, end] of [[0, 0], [middle, middle], [middle, size - 1], [size - 1, size - 1]] as const) expect((await read(key, start, end)).equals(bytes.subarray(start, end + 1))).toBe(true);
    await store().remove(key);
  });

  it('keeps what is written side by side apart', async () => {
    const files = Array.from({ length: 12 }, () => ({ key: newBlobKey(), bytes: randomBytes(1_000_000) }));
    await Promise.all(files.map(({ key, bytes }) => store().write(key, piecewise(bytes))));
    for (const { key, bytes } of files) expect((await read(key, 0, bytes.length - 1)).equals(bytes)).toBe(true);
    await Promise.all(files.map(({ key }) => store().remove(key)));
    expect(await stores[name].leftovers()).toBe(0);
  });

  it.each([100_000, 9_000_000])('fails as its content does after %i bytes, and nothing is left when that is removed', async (size) => {
    const key = newBlobKey();
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield* piecewise(randomBytes(size));
      throw new Error('the content ended');
    }
    await expect(store().write(key, breaking())).rejects.toThrow('the content ended');
    await store().remove(key);
    expect(await stores[name].leftovers()).toBe(0);
  });

  it('removes what is there, and what is not', async () => {
    const key = newBlobKey();
    await store().write(key, piecewise(randomBytes(300_000)));
    for (let time = 0; time < 2; time += 1) await store().remove(key);
    expect(await stores[name].leftovers()).toBe(0);
    await expect(read(key, 0, 10)).rejects.toThrow();
  });

  it('lets go of a file whose reader leaves off', async () => {
    const [key, bytes] = [newBlobKey(), randomBytes(3_000_000)];
    await store().write(key, piecewise(bytes));
    const reading = await store().read(key, { start: 0, end: bytes.length - 1 });
    for await (const chunk of reading) {
      expect((chunk as Buffer).length).toBeGreaterThan(0);
      break;
    }
    await eventually(() => expect(reading.destroyed).toBe(true));
    await store().remove(key);
  });
});

describe('the gridfs store', () => {
  it('that does not finish a write is UNAVAILABLE', async () => {
    const stalling = new GridFsStore(connection, new Pace({ load: 1, stallMs: 50 }));
    const held = Promise.withResolvers<never>();
    const spy = jest.spyOn(PieceWriter.prototype, 'write').mockReturnValue(held.promise);
    await expect(stalling.write(newBlobKey(), piecewise(randomBytes(600_000)))).rejects.toThrow(StoreStalled);
    spy.mockRestore();
  });
});

describe('the s3 store', () => {
  it('stores a file while others come slowly: they hold no turn before they have sent a part', async () => {
    const goOn = Promise.withResolvers<void>();
    async function* slowly(): AsyncGenerator<Uint8Array> {
      yield randomBytes(70_000);
      await goOn.promise;
      yield randomBytes(70_000);
    }
    const [slow, key] = [Array.from({ length: 8 }, newBlobKey), newBlobKey()];
    const writing = Promise.all(slow.map((each) => stores.s3.store.write(each, slowly())));
    await stores.s3.store.write(key, piecewise(randomBytes(6_000_000)));
    expect([...s3.objects.keys()]).toEqual([key]);
    goOn.resolve();
    await writing;
    expect(s3.objects.size).toBe(9);
    for (const each of [...slow, key]) await stores.s3.store.remove(each);
  });

  it('removes what a gateway that died left of an upload in parts', async () => {
    const key = newBlobKey();
    s3.uploads.set('left', { key, parts: new Map([[1, randomBytes(10)]]) });
    s3.uploads.set('other', { key: newBlobKey(), parts: new Map() });
    await stores.s3.store.remove(key);
    expect([...s3.uploads.keys()]).toEqual(['other']);
    s3.uploads.clear();
  });

  it('out of reach is UNAVAILABLE; a wrong secret is a mistake of the operator’s', async () => {
    s3.slowsDown = true;
    await expect(stores.s3.store.read(newBlobKey(), { start: 0, end: 1 })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    s3.slowsDown = false;
    const nobody = new S3Store({ ...s3.settings, endpoint: 'http://127.0.0.1:9' });
    await expect(nobody.write(newBlobKey(), piecewise(randomBytes(10)))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const mistaken = new S3Store({ ...s3.settings, secretAccessKey: 'another' });
    await expect(mistaken.write(newBlobKey(), piecewise(randomBytes(10)))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });
});
