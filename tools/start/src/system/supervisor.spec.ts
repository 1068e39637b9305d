import { nextWaitMs } from './supervisor.js';

it('waits twice as long each time, up to a bound, and begins anew after a good life', () => {
  const waits: number[] = [];
  for (let waited = 0; waits.length < 9; waits.push(waited)) waited = nextWaitMs(waited, 1_000);
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(nextWaitMs(30_000, 60_000)).toBe(500);
});
