import fc from 'fast-check';
import { type Fetch, merge, type Merged, type Row } from './merge.js';
import { isBefore, type Position } from './position.js';

const row: fc.Arbitrary<Row> = fc.record({ order: fc.nat({ max: 20 }), id: fc.constantFrom(...'abcdefgh'), accepted: fc.boolean() });

/** Rows that many sources share are the same row. */
const tables = fc.array(fc.array(row, { maxLength: 30 }), { maxLength: 5 }).map((sources) => {
  const known = new Map<string, Row>();
  return sources.map((rows) => {
    const own = rows.map((one) => known.get(`${one.order}${one.id}`) ?? (known.set(`${one.order}${one.id}`, one), one));
    return [...new Set(own)].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  });
});

const fetchesOf = (sources: readonly Row[][], looked: { rows: number }): Fetch<Row>[] =>
  sources.map((rows) => (after, limit) => {
    const found = rows.filter((one) => after === null || isBefore(after, one)).slice(0, limit);
    looked.rows += found.length;
    return Promise.resolve(found);
  });

async function allPages(sources: readonly Row[][], page: number, examined: number): Promise<Row[]> {
  const rows: Row[] = [];
  let from: Position | null = null;
  for (;;) {
    const looked = { rows: 0 };
    const merged: Merged<Row> = await merge(fetchesOf(sources, looked), from, { page, examined });
    expect(merged.rows.length).toBeLessThanOrEqual(page);
    expect(looked.rows).toBeLessThanOrEqual(examined);
    rows.push(...merged.rows);
    if (merged.last === null) return rows;
    expect(from === null || isBefore(from, merged.last)).toBe(true);
    from = merged.last;
  }
}

it('pages of overlapping sources are each accepted row once and in order, whatever the sizes', async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 60 }), async (sources, page, examined) => {
      const expected = [...new Set(sources.flat())].filter(({ accepted }) => accepted).sort((a, b) => (isBefore(a, b) ? -1 : 1));
      expect(await allPages(sources, page, examined)).toEqual(expected);
    }),
    { seed: 20260102 },
  );
});

it('says that it is the last page where nothing is left, not even a repeat', async () => {
  const one: Row = { order: 1, id: 'a', accepted: true };
  await expect(merge(fetchesOf([[one], [one]], { rows: 0 }), null, { page: 1, examined: 10 })).resolves.toEqual({ rows: [one], last: null });
});

it('shows a row that one of its sources accepts, once', async () => {
  const [taken, left] = [{ order: 1, id: 'a', accepted: true }, { order: 1, id: 'a', accepted: false }];
  for (const sources of [[[taken], [left]], [[left], [taken]]]) {
    await expect(merge(fetchesOf(sources, { rows: 0 }), null, { page: 5, examined: 10 })).resolves.toEqual({ rows: [taken], last: null });
  }
});
