import type { InternalEvent } from './audience.js';
import { Backfill, type Filled } from './backfill.js';
import { type RecentEvent, RecentEvents } from './recent-events.js';
import { resync } from './resume.js';

const at = (seq: number): RecentEvent => ({ seq, bytes: 1, event: {} as InternalEvent });
const limits = { events: 20, bytes: 100 };

/** A stream with an event of the workspace at every sequence from `first` to `last`, and a feed that begins at `start`. */
function scene({ first = 1, last = 50, start = 50, keep = 100 } = {}) {
  let told = Promise.withResolvers<void>();
  const feed = {
    position: { epoch: 'e', seq: start },
    lostBefore: 0,
    recent: new RecentEvents({ events: keep, bytes: 100 }, start),
    skipTo: (seq: number) => void (feed.position = { epoch: 'e', seq }),
    news: () => told.promise,
  } satisfies Filled;
  const tell = (seq: number): void => {
    feed.position = { epoch: 'e', seq };
    feed.recent.push(at(seq));
    told.resolve();
    told = Promise.withResolvers();
  };
  const stream = {
    bounds: jest.fn(() => Promise.resolve({ epoch: 'e', first, last })),
    countAfter: jest.fn((seq: number) => Promise.resolve(last - seq)),
    eventsBetween: jest.fn((after: number, until: number, { events }: { events: number }) =>
      Promise.resolve(last - after > events ? null : Array.from({ length: until - after }, (_, index) => at(after + 1 + index))),
    ),
  };
  return { feed, stream, tell, backfill: new Backfill(stream, feed, limits) };
}

describe('a backfill', () => {
  it('reads once for all who come while it reads, from the lowest', async () => {
    const { backfill, feed, stream } = scene();
    const answers = await Promise.all([45, 40, 48, 35, 45].map((seq) => backfill.reach(seq)));
    expect(answers).toEqual([null, null, null, null, null]);
    expect(stream.eventsBetween.mock.calls.map(([after, until]) => [after, until])).toEqual([[45, 50], [35, 45]]);
    expect(feed.recent.after(35).map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, index) => 36 + index));
    expect(await backfill.reach(36)).toBeNull();
    expect(stream.bounds).toHaveBeenCalledTimes(2);
  });

  it('refuses one who is too far behind without the others, and does not read for the next such one', async () => {
    const { backfill, stream } = scene();
    expect(await Promise.all([45, 10, 40].map((seq) => backfill.reach(seq)))).toEqual([null, resync.tooFarBehind, null]);
    const reads = stream.eventsBetween.mock.calls.length;
    expect(await backfill.reach(9)).toBe(resync.tooFarBehind);
    expect(stream.eventsBetween).toHaveBeenCalledTimes(reads);
  });

  it('refuses what the stream does not have', async () => {
    const { backfill, feed } = scene({ first: 40 });
    expect(await Promise.all([38, 39, 51].map((seq) => backfill.reach(seq)))).toEqual([resync.tooOld, null, resync.ahead]);
    feed.position = { epoch: 'd', seq: 30 };
    expect(await backfill.reach(20)).toBe(resync.epochChanged);
  });

  it('is overtaken when what it read is no longer next to what was kept', async () => {
    const { backfill, stream, tell } = scene({ keep: 3 });
    stream.eventsBetween.mockImplementationOnce(() => {
      for (const seq of [51, 52, 53, 54]) tell(seq);
      return Promise.resolve([at(50)]);
    });
    expect(await backfill.reach(49)).toBe(resync.overtaken);
  });

  it('keeps no more than it may, however little is missed', async () => {
    const { backfill } = scene({ keep: 3 });
    expect(await backfill.reach(46)).toBe(resync.tooFarBehind);
    expect(await backfill.reach(47)).toBeNull();
  });

  it('waits for the feed to tell what the client was told elsewhere', async () => {
    const { backfill, stream, tell } = scene({ start: 48 });
    const reached = backfill.reach(50);
    stream.countAfter.mockImplementationOnce(() => {
      queueMicrotask(() => tell(50));
      return Promise.resolve(1);
    });
    expect(await reached).toBeNull();
  });

  it('lets the feed skip what is not its own', async () => {
    const { backfill, feed, stream } = scene({ start: 45 });
    stream.countAfter.mockResolvedValueOnce(0);
    expect(await backfill.reach(48)).toBeNull();
    expect(feed.position.seq).toBe(50);
  });

  it('that fails, fails for all who wait, and reads again for the next', async () => {
    const { backfill, stream } = scene();
    stream.bounds.mockRejectedValueOnce(new Error('away'));
    expect(await Promise.allSettled([backfill.reach(45), backfill.reach(40)])).toEqual(
      [1, 2].map(() => ({ status: 'rejected', reason: new Error('away') })),
    );
    expect(await backfill.reach(40)).toBeNull();
  });
});
