import { spreadMs } from './drain.js';

it.each([
  [0, 0],
  [1, 10],
  [100, 1_000],
  [500, 5_000],
  [20_000, 5_000],
])('%i connections are let go over %i ms', (connections, ms) => {
  expect(spreadMs(connections, 5)).toBe(ms);
  expect(spreadMs(connections, 0)).toBe(0);
});
