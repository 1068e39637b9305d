import { RevocationSweep } from './revocation-sweep.js';
import type { Revocations } from './revocations.js';
import type { Sessions } from './sessions.js';

/** In which a session that ended must be cut. */
const boundMs = 5_000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('finds a session that ended, and of which nobody was told, well within 5 s, and once', async () => {
  let endedAt = Infinity;
  const heardAt: number[] = [];
  const sessions = { endedSince: (since: Date) => Promise.resolve(endedAt >= since.getTime() && endedAt <= Date.now() ? ['session'] : []) } as Sessions;
  const sweep = new RevocationSweep(sessions, { hear: () => heardAt.push(Date.now()) } as unknown as Revocations, { now: () => new Date() });
  sweep.onModuleInit();
  await jest.advanceTimersByTimeAsync(30_500);
  endedAt = Date.now();
  await jest.advanceTimersByTimeAsync(30_000);
  await sweep.onApplicationShutdown();
  expect(heardAt).toHaveLength(1);
  expect(heardAt[0]! - endedAt).toBeLessThan(boundMs / 2);
});
