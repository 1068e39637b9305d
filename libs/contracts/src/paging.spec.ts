import { pageOf } from './paging.js';

const items = ['a', 'b', 'c', 'd', 'e'];
const self = (item: string): string => item;

it.each([1, 2, 3, 5, 100])('gives every item once, %i at a time', (limit) => {
  const seen: string[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = pageOf(items, { limit, ...(cursor && { cursor }) }, self);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(items);
});

it('gives 25 when not told, and refuses a foreign cursor', () => {
  expect(pageOf(Array.from({ length: 30 }, (_, index) => String(index)), {}, self)).toMatchObject({ items: { length: 25 }, nextCursor: '24' });
  expect(() => pageOf(items, { cursor: 'z' }, self)).toThrow('cursor');
});
