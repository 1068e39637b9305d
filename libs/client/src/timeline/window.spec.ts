import type { Entry } from '@relevo/contracts';
import { emptyTimeline, withEntries } from './window.js';

let looks = 0;
const entry = (seq: number): Entry => Object.defineProperty({} as Entry, 'seq', { enumerable: true, get: () => ((looks += 1), seq) });
const entries = (from: number, to: number): Entry[] => Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
const seqs = (some: readonly Entry[]): number[] => some.map(({ seq }) => seq);

it.each([
  ['before', entries(951, 1_000)],
  ['after', entries(11_001, 11_050)],
])('of ten thousand entries at hand a page %s them has those it touches looked at', (_, page) => {
  const held = withEntries(emptyTimeline, entries(1_001, 11_000), false);
  looks = 0;
  const { entries: now } = withEntries(held, page, false);
  // Some for each of the page's own.
  expect(looks).toBeLessThan(50 * 10);
  expect(seqs(now)).toEqual(seqs([...held.entries, ...page]).sort((a, b) => a - b));
});

it('takes of a page that lies across what is at hand only what is missing, and nothing of one that does not touch it', () => {
  const held = withEntries(emptyTimeline, entries(10, 20), false);
  const across = withEntries(held, entries(5, 25), false).entries;
  expect(seqs(across)).toEqual(seqs(entries(5, 25)));
  expect(across.slice(5, 16).every((one, index) => one === held.entries[index])).toBe(true);
  expect(withEntries(held, entries(12, 15), false).entries).toBe(held.entries);
  for (const apart of [entries(1, 8), entries(22, 30)]) expect(withEntries(held, apart, false)).toBe(held);
});
