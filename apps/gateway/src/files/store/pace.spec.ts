import { Pace, StoreStalled } from './pace.js';

/** Writes that end when they are told to. */
class Writes {
  readonly begun: string[] = [];
  atOnce = 0;
  most = 0;
  private readonly open: (() => void)[] = [];

  readonly of = (whose: string) => (): Promise<void> => {
    this.begun.push(whose);
    this.most = Math.max(this.most, ++this.atOnce);
    return new Promise((resolve) => {
      this.open.push(() => {
        this.atOnce -= 1;
        resolve();
      });
    });
  };

  async end(): Promise<void> {
    this.open.shift()?.();
    await settled();
  }
}

/** Whatever follows from what has happened, without any time passing. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

let writes: Writes;
beforeEach(() => {
  jest.useFakeTimers();
  writes = new Writes();
});
afterEach(() => jest.useRealTimers());

/** An upload that is sent faster than it is stored. */
async function upload(pace: Pace, name: string, pieces: number): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) await pace.run(writes.of(name));
}

it('no more writes are under way at once than it says', async () => {
  const pace = new Pace({ load: 3 });
  const uploads = Promise.all(Array.from({ length: 50 }, (_, index) => upload(pace, `u${index}`, 4)));
  await settled();
  expect([writes.atOnce, pace.queue]).toEqual([3, 47]);
  while (writes.atOnce > 0) await writes.end();
  await uploads;
  expect([writes.most, writes.begun.length, pace.queue]).toEqual([3, 200, 0]);
});

it('everybody who is ready has a turn before anybody has two', async () => {
  const pace = new Pace({ load: 1 });
  const uploads = Promise.all([upload(pace, 'long', 6), upload(pace, 'longer', 8), upload(pace, 'short', 2)]);
  await settled();
  while (writes.atOnce > 0) await writes.end();
  await uploads;
  expect(writes.begun).toEqual(['long', 'longer', 'short', 'long', 'longer', 'short', ...Array<string[]>(4).fill(['long', 'longer']).flat(), 'longer', 'longer']);
});

it('whoever leaves while waiting is out of the way at once, and is told why', async () => {
  const pace = new Pace({ load: 1 });
  const leaving = new AbortController();
  const first = upload(pace, 'first', 1);
  const left = pace.run(writes.of('left'), leaving.signal);
  const last = upload(pace, 'last', 1);
  await settled();
  leaving.abort(new Error('it hung up'));
  await expect(left).rejects.toThrow('it hung up');
  expect(pace.queue).toBe(1);
  await expect(pace.run(writes.of('late'), leaving.signal)).rejects.toThrow('it hung up');
  for (let write = 0; write < 2; write += 1) await writes.end();
  await Promise.all([first, last]);
  expect(writes.begun).toEqual(['first', 'last']);
});

it('at half a write at once, each is followed by a pause as long as it took; after one that took very long the store is not left alone', async () => {
  const pace = new Pace({ load: 0.5 });
  const uploads = upload(pace, 'one', 3);
  await jest.advanceTimersByTimeAsync(100);
  await writes.end();
  await jest.advanceTimersByTimeAsync(99);
  expect(writes.begun).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(writes.begun).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(10_000);
  await writes.end();
  await jest.advanceTimersByTimeAsync(500);
  expect(writes.begun).toHaveLength(3);
  await writes.end();
  await uploads;
});

it('one and a half at once are two, and a third of that without', async () => {
  const pace = new Pace({ load: 1.5 });
  const uploads = Promise.all([upload(pace, 'a', 2), upload(pace, 'b', 2)]);
  await jest.advanceTimersByTimeAsync(90);
  expect(writes.atOnce).toBe(2);
  await writes.end();
  await jest.advanceTimersByTimeAsync(28);
  expect(writes.begun).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(2);
  expect(writes.begun).toHaveLength(3);
  while (writes.atOnce > 0) {
    await writes.end();
    await jest.advanceTimersByTimeAsync(500);
  }
  await uploads;
});

it('a write that does not end is UNAVAILABLE, and whoever comes after it has its turn', async () => {
  const pace = new Pace({ load: 1, stallMs: 1_000 });
  const stalled = expect(pace.run(writes.of('stalled'))).rejects.toThrow(StoreStalled);
  const next = upload(pace, 'next', 1);
  await jest.advanceTimersByTimeAsync(1_000);
  await stalled;
  expect(new StoreStalled().code).toBe('UNAVAILABLE');
  expect(writes.begun).toEqual(['stalled', 'next']);
  await writes.end();
  await writes.end();
  await next;
});

it('whoever waits too long is told so: UNAVAILABLE', async () => {
  const pace = new Pace({ load: 1, patienceMs: 1_000, stallMs: 5_000 });
  const first = upload(pace, 'first', 1);
  const late = expect(pace.run(writes.of('late'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await jest.advanceTimersByTimeAsync(1_000);
  await late;
  expect(pace.queue).toBe(0);
  await writes.end();
  await first;
});

it('what fails is thrown, and costs nobody a turn', async () => {
  const pace = new Pace({ load: 1 });
  await expect(pace.run(() => Promise.reject(new Error('the disk is full')))).rejects.toThrow('the disk is full');
  const next = upload(pace, 'next', 1);
  await settled();
  await writes.end();
  await next;
});
