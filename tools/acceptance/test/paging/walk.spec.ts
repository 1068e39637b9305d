import { faultsOf, type Places } from './walk.js';

interface Row {
  readonly id: string;
  place: number;
}

const limit = 10;

/** A list whose rows move to its beginning while somebody pages through it. */
class Moving {
  readonly rows: Row[] = Array.from({ length: 200 }, (_, index) => ({ id: `row-${String(index).padStart(3, '0')}`, place: 1_000 + index }));
  private first = 1_000;

  get places(): Places {
    return new Map(this.rows.map(({ id, place }) => [id, String(place)]));
  }

  get inOrder(): Row[] {
    return [...this.rows].sort((a, b) => a.place - b.place);
  }

  /** Those that nobody has come to yet, or was at long ago. */
  move(index: number): void {
    this.rows[index]!.place = --this.first;
  }
}

function walk(list: Moving, pageAfter: (last: Row | null, page: number) => Row[], onPage: (page: number) => void): string[] {
  const walked: string[] = [];
  let last: Row | null = null;
  for (let page = 0; ; page += 1) {
    const rows = pageAfter(last, page);
    if (rows.length === 0) return walked;
    walked.push(...rows.map(({ id }) => id));
    last = { ...rows.at(-1)! };
    onPage(page);
  }
}

const byKey = (list: Moving) => (last: Row | null) => list.inOrder.filter(({ place }) => last === null || place > last.place).slice(0, limit);
const byOffset = (list: Moving) => (_: Row | null, page: number) => list.inOrder.slice(page * limit, (page + 1) * limit);

it('finds nothing wrong with pages that begin after the last row seen', () => {
  const [list, before] = [new Moving(), new Moving().places];
  const walked = walk(list, byKey(list), (page) => list.move(199 - page * 3));
  expect(faultsOf(before, list.places, walked)).toEqual([]);
});

it('finds what pages that count rows repeat when others come to the top', () => {
  const [list, before] = [new Moving(), new Moving().places];
  const walked = walk(list, byOffset(list), (page) => list.move(199 - page));
  expect(faultsOf(before, list.places, walked)).toContain('row-009 is there twice');
});

it('finds what pages that count rows skip when others leave', () => {
  const [list, before] = [new Moving(), new Moving().places];
  const walked = walk(list, byOffset(list), (page) => list.rows.splice(page, 1));
  expect(faultsOf(before, list.places, walked)).toContain('row-021 is missing');
});

it('says nothing of rows that moved, and finds those of another list', () => {
  expect(faultsOf(new Map([['a', '1'], ['b', '2']]), new Map([['a', '9'], ['c', '3']]), ['a', 'a', 'c', 'd'])).toEqual(['d is not of this list']);
});
