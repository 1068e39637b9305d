import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { PieceWriter } from '../src/files/store/piece-writer.js';
import { eventually } from './support/eventually.js';
import { formOf, noise, SlowForm } from './support/form.js';
import { System } from './support/system.js';

const MiB = 1024 * 1024;
const writesAtOnce = 2;

/** What writes to the database, pieces only when it is told to. */
class HeldWrites {
  /** Whose pieces were begun, by the ids of their files. */
  readonly begun: string[] = [];
  most = 0;
  private readonly held: (() => void)[] = [];
  private isHolding = true;
  private readonly spy: jest.SpyInstance;

  constructor() {
    const hold = (): Promise<void> => this.hold();
    const note = (id: string): void => void this.begun.push(id);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the writer it is called on
    const write = PieceWriter.prototype.write;
    this.spy = jest.spyOn(PieceWriter.prototype, 'write').mockImplementation(async function (this: PieceWriter, piece) {
      note(piece.fileId);
      await hold();
      return write.call(this, piece);
    });
  }

  get underWay(): number {
    return this.held.length;
  }

  next(): void {
    this.held.shift()?.();
  }

  /** From now on nothing is held. */
  letGo(): void {
    this.isHolding = false;
    while (this.held.length > 0) this.next();
    this.spy.mockRestore();
  }

  private hold(): Promise<void> {
    if (!this.isHolding) return Promise.resolve();
    return new Promise((resolve) => {
      this.held.push(resolve);
      this.most = Math.max(this.most, this.held.length);
    });
  }
}

let system: System;
let token: string;
let writes: HeldWrites;

beforeAll(async () => {
  system = await System.start(2, { UPLOAD_WRITES: String(writesAtOnce) });
  token = await system.tokenOf(system.services.hire('ana'));
});

afterAll(() => system?.stop());

beforeEach(() => (writes = new HeldWrites()));
afterEach(() => writes.letGo());

const post = async (bytes: number, url = system.url): Promise<number> => {
  const response = await fetch(`${url}/v1/attachments`, { method: 'POST', body: formOf({ bytes: noise(bytes) }), headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return response.status;
};
const open = (url = system.url): SlowForm => SlowForm.open(`${url}/v1/attachments`, token);
const connection = (): Connection => system.gateways[0]!.get<Connection>(getConnectionToken());
const records = (): Promise<number> => connection().collection('uploads').countDocuments({ state: 'receiving' });

it('no more pieces are written at once than UPLOAD_WRITES says, however many files are uploaded', async () => {
  const uploads = Array.from({ length: 12 }, () => post(MiB));
  await eventually(() => expect(writes.underWay).toBe(writesAtOnce));
  let ended = 0;
  const all = Promise.all(uploads.map((upload) => upload.finally(() => (ended += 1))));
  await eventually(() => {
    writes.next();
    expect(ended).toBe(12);
  });
  expect(await all).toEqual(Array(12).fill(200));
  expect(writes.most).toBe(writesAtOnce);
});

it('each upload that is ready has its turn: a small one does not wait for large ones to end', async () => {
  const large = Array.from({ length: 4 }, () => post(8 * MiB));
  await eventually(() => expect(new Set(writes.begun).size).toBe(writesAtOnce));
  await eventually(async () => expect(await records()).toBe(4));
  let small: number | null = null;
  const posted = post(100_000).then((status) => (small = status));
  await eventually(async () => expect(await records()).toBe(5));
  await eventually(() => {
    writes.next();
    expect(small).toBe(200);
  });
  await posted;
  // 33 pieces each, of which none is near its end.
  const [most = 0] = [...Map.groupBy(writes.begun, (id) => id).values()].map(({ length }) => length).sort((a, b) => b - a);
  expect(most).toBeLessThan(25);
  writes.letGo();
  expect(await Promise.all(large)).toEqual(Array(4).fill(200));
});

it('whoever sends slowly holds no turn: as many as there are, and more, stop nobody', async () => {
  writes.letGo();
  const slow = Array.from({ length: 3 * writesAtOnce }, () => open());
  for (const form of slow) await form.send(noise(400_000));
  await eventually(async () => expect(await records()).toBe(slow.length));
  expect(await Promise.all([post(MiB), post(MiB)])).toEqual([200, 200]);
  expect(await Promise.all(slow.map((form) => form.end()))).toEqual(slow.map(() => 200));
});

it('an upload that is dropped while it waits is gone at once, though nobody’s turn has ended', async () => {
  const others = Array.from({ length: writesAtOnce }, () => post(MiB));
  await eventually(() => expect(writes.underWay).toBe(writesAtOnce));
  const dropped = open();
  // A piece and a little more: of a connection that nobody reads from the end is not seen either.
  await dropped.send(noise(300_000));
  await eventually(async () => expect(await records()).toBe(writesAtOnce + 1));
  dropped.drop();
  await eventually(async () => expect(await records()).toBe(writesAtOnce));
  expect(writes.begun).toHaveLength(writesAtOnce);
  writes.letGo();
  expect(await Promise.all(others)).toEqual(others.map(() => 200));
});

it('a replica that stops waits neither for the queue nor for slow senders: they are told UNAVAILABLE, and what was stored of theirs goes', async () => {
  const [, url = ''] = system.urls;
  const writing = Array.from({ length: writesAtOnce }, () => post(100_000, url));
  await eventually(() => expect(writes.underWay).toBe(writesAtOnce));
  const [queued, silent] = [open(url), open(url)];
  await queued.send(noise(600_000));
  await silent.send(noise(100_000));
  await eventually(async () => expect(await records()).toBe(writesAtOnce + 2));
  const answers = Promise.all([queued.answer(), silent.answer()]);
  const closed = system.gateways[1]!.close();
  expect(await answers).toEqual([503, 503]);
  writes.letGo();
  // What the store was already writing arrives.
  expect(await Promise.all(writing)).toEqual(writing.map(() => 200));
  await closed;
  expect(await records()).toBe(0);
});
