import { dayOf, startOf } from './days';

it('a day begins at midnight where one is, and is the day of all its hours', () => {
  const start = startOf('2026-03-07');
  expect(start).toEqual(new Date(2026, 2, 7));
  expect(dayOf(new Date(2026, 2, 7, 23, 59))).toBe('2026-03-07');
  expect(dayOf(new Date(2026, 2, 7))).toBe('2026-03-07');
});

it.each(['', '7/3/2026', 'mañana'])('%j is no day', (text) => expect(startOf(text)).toBeNull());
