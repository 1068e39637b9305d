import { shortDuration, timeLeft } from './durations';

it.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_900_000, '1 h 05'],
  [86_399_999, '23 h 59'],
  [86_400_000, '1 d'],
])('%d ms are %s', (ms, shown) => expect(shortDuration(ms)).toBe(shown));

it.each([
  [59_000, '59 s'],
  [61_000, '2 min'],
  [3_600_000, '1 h 00'],
])('of %d ms %s are left', (ms, shown) => expect(timeLeft(ms)).toBe(shown));
