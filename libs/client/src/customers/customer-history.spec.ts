import type { CustomerHistoryEntry } from '@relevo/contracts';
import { CustomerHistory, historyPageSize } from './customer-history.js';

const entry = (seq: number): CustomerHistoryEntry => ({ seq, type: 'customer-edited', at: '2026-01-05T09:00:00.000Z', actor: { kind: 'agent', id: 'beto', name: 'Beto' }, changes: [] });

/** Answers as the gateway does: newest first, after the entry that the cursor names. */
function aHistory(length: number): { history: CustomerHistory; grow: (by: number) => void } {
  let last = length;
  const history = new CustomerHistory(({ limit, cursor }) => {
    const first = cursor === undefined ? last : Number(cursor) - 1;
    const items = Array.from({ length: Math.min(limit, first) }, (_, index) => entry(first - index));
    const end = items.at(-1)?.seq ?? 0;
    return Promise.resolve({ items, nextCursor: end > 1 ? String(end) : null });
  });
  const grow = (by: number): void => {
    last += by;
    history.tell(last);
  };
  return { history, grow };
}

const seqs = (history: CustomerHistory): number[] => history.getSnapshot().entries.map(({ seq }) => seq);
const downFrom = (from: number, to: number): number[] => Array.from({ length: from - to + 1 }, (_, index) => from - index);
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function allOf(history: CustomerHistory): Promise<void> {
  while (history.getSnapshot().hasMore) {
    history.loadMore();
    await settled();
  }
}

it('is read page by page to its beginning', async () => {
  const { history } = aHistory(2 * historyPageSize + 3);
  await history.load();
  expect(history.getSnapshot()).toMatchObject({ hasMore: true, isLoading: false, error: null });
  expect(seqs(history)).toHaveLength(historyPageSize);
  await allOf(history);
  expect(seqs(history)).toEqual(downFrom(2 * historyPageSize + 3, 1));
});

it('goes on with what is new, and keeps the pages that were read', async () => {
  const { history, grow } = aHistory(historyPageSize + 5);
  await history.load();
  await allOf(history);
  grow(2);
  await settled();
  expect(seqs(history)).toEqual(downFrom(historyPageSize + 7, 1));
  expect(history.getSnapshot().hasMore).toBe(false);
});

it('has no gap when more came than a page holds', async () => {
  const { history, grow } = aHistory(5);
  await history.load();
  grow(historyPageSize + 10);
  await settled();
  expect(seqs(history)).toEqual(downFrom(historyPageSize + 15, 16));
  await allOf(history);
  expect(seqs(history)).toEqual(downFrom(historyPageSize + 15, 1));
});

it('asks for nothing when it is told of what it holds', async () => {
  const { history } = aHistory(3);
  await history.load();
  history.tell(3);
  expect(history.getSnapshot().isLoading).toBe(false);
});
