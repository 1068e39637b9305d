import { timeFormatsOf } from './time-formats.js';

it('makes the formats of a language once, however many rows write times with them', () => {
  const make = jest.spyOn(Intl, 'DateTimeFormat');
  const first = timeFormatsOf('pt');
  const made = make.mock.calls.length;
  expect(made).toBe(Object.keys(first).length);
  for (let row = 0; row < 10_000; row++) expect(timeFormatsOf('pt')).toBe(first);
  expect(make).toHaveBeenCalledTimes(made);
  make.mockRestore();
});

it('writes times as each language does', () => {
  const at = new Date(2026, 2, 9, 8, 5);
  expect(['es', 'en', 'pt'].map((language) => timeFormatsOf(language).time.format(at))).toEqual(['08:05', '08:05', '08:05']);
  expect(['es', 'en', 'pt'].map((language) => timeFormatsOf(language).thisYear.format(at))).toEqual(['lunes, 9 de marzo', 'Monday, March 9', 'segunda-feira, 9 de março']);
});
