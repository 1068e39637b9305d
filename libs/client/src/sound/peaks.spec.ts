import { peaksOf } from './peaks.js';

it('a recording has at most 64 bars, the loudest of which is 100', () => {
  const levels = Array.from({ length: 640 }, (_, index) => (index === 320 ? 0.5 : 0.05));
  const peaks = peaksOf(levels);
  expect(peaks).toHaveLength(64);
  expect(peaks[32]).toBe(100);
  expect(peaks.filter((peak) => peak === 10)).toHaveLength(63);
});

it('a short one has fewer, and silence none that is high', () => {
  expect(peaksOf([])).toEqual([]);
  expect(peaksOf([0.1, 0.2])).toEqual([50, 100]);
  expect(peaksOf([0, 0])).toEqual([0, 0]);
});
