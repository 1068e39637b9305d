import { Readiness } from './health.js';

it('a check that never ends is not waited for, and the others are told', async () => {
  jest.useFakeTimers();
  const readiness = new Readiness();
  readiness.add({ name: 'well', check: () => Promise.resolve() });
  readiness.add({ name: 'away', check: () => Promise.reject(new Error('not connected')) });
  readiness.add({ name: 'frozen', check: () => new Promise(() => undefined) });
  const report = readiness.report();
  await jest.advanceTimersByTimeAsync(1_500);
  expect(await report).toEqual({ well: 'ok', away: 'not connected', frozen: 'no answer within 1500 ms' });
  jest.useRealTimers();
});
