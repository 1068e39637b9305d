import { clockText } from './clock-text.js';
import { partPlayed, placeAt, placeOfKey } from './sound-place.js';

it('keys go by steps and pages, to both ends, and never beyond', () => {
  const place = { atMs: 5_000, durationMs: 12_000 };
  expect(['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown', 'Home', 'End'].map((key) => placeOfKey(key, place))).toEqual([7_000, 3_000, 12_000, 0, 0, 12_000]);
  expect(placeOfKey('a', place)).toBeUndefined();
});

it('a pointer puts it where it points, and never beyond', () => {
  const bounds = { left: 100, width: 200 };
  expect([50, 100, 150, 300, 900].map((x) => placeAt(x, bounds, 8_000))).toEqual([0, 0, 2_000, 8_000, 8_000]);
});

it('a sound of no known length has not come anywhere', () => {
  expect(partPlayed({ atMs: 500, durationMs: 0 })).toBe(0);
  expect(partPlayed({ atMs: 500, durationMs: 1_000 })).toBe(0.5);
});

it('times are said as people read them', () => expect([0, 6_600, 60_000, 754_000].map(clockText)).toEqual(['0:00', '0:07', '1:00', '12:34']));
