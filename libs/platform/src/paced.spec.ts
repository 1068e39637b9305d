import { Paced } from './paced.js';

const pauseMs = 250;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Runs that a test lets end, each with its number. */
function scene() {
  const paced = new Paced<number>(pauseMs);
  const runs: PromiseWithResolvers<number>[] = [];
  const run = (): Promise<number> => {
    const begun = Promise.withResolvers<number>();
    runs.push(begun);
    return begun.promise;
  };
  return { paced, runs, ask: (key = 'key') => paced.next(key, run), end: (index: number) => runs[index]!.resolve(index) };
}

const passes = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

it('runs at once for the first, and once for all who ask together', async () => {
  const { runs, ask, end } = scene();
  const answers = [ask(), ask(), ask()];
  await passes(0);
  expect(runs).toHaveLength(1);
  end(0);
  expect(await Promise.all(answers)).toEqual([0, 0, 0]);
});

it('never answers from a run that began before: who asks meanwhile shares the next, after the pause', async () => {
  const { runs, ask, end } = scene();
  const first = ask();
  await passes(0);
  const during = ask();
  end(0);
  expect(await first).toBe(0);
  const after = ask();
  await passes(pauseMs - 1);
  expect(runs).toHaveLength(1);
  await passes(1);
  expect(runs).toHaveLength(2);
  end(1);
  expect(await Promise.all([during, after])).toEqual([1, 1]);
});

it('is idle again when a pause has passed without anybody asking, and keeps nothing', async () => {
  const { paced, runs, ask, end } = scene();
  void ask();
  await passes(0);
  end(0);
  await passes(pauseMs);
  expect(paced.size).toBe(0);
  void ask();
  await passes(0);
  expect(runs).toHaveLength(2);
});

it('runs for each key apart', async () => {
  const { paced, runs, ask } = scene();
  void ask('one');
  void ask('other');
  await passes(0);
  expect(runs).toHaveLength(2);
  expect(paced.size).toBe(2);
});

it('that fails, fails for those who share it; the next run is after the pause like any', async () => {
  const { runs, ask, end } = scene();
  const failing = Promise.allSettled([ask(), ask()]);
  await passes(0);
  const next = ask();
  runs[0]!.reject(new Error('away'));
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await passes(pauseMs - 1);
  expect(runs).toHaveLength(1);
  await passes(1);
  end(1);
  expect(await next).toBe(1);
});
