import type { ConversationView } from '@relevo/contracts';
import { heldAndMore, heldWith, hold } from './held.js';
import type { Place } from './order.js';

const view = (order: number, seq = 1): ConversationView => ({ id: `c${order}`, seq, openedAt: String(order) }) as ConversationView;
const views = (from: number, count: number): ConversationView[] => Array.from({ length: count }, (_, index) => view(from + index));

/** Counts how often somebody asks where a conversation stands. */
let asked = 0;
const placeOf = ({ id, openedAt }: ConversationView): Place => {
  asked += 1;
  return { id, order: Number(openedAt) };
};
beforeEach(() => (asked = 0));

const many = 10_000;

it('a page below ten thousand held rows is the only thing that is put there, and the rows above are the same', () => {
  const before = views(0, many);
  const now = [...before, ...views(many, 50)];
  const held = hold(before, placeOf);
  asked = 0;
  const more = heldWith(heldAndMore(held, before, now, placeOf), now, placeOf);
  expect(more.rows.map(({ conversation }) => conversation)).toEqual(now);
  expect(more.rows.filter((row, index) => row !== held.rows[index])).toHaveLength(50);
  expect(more.updates).toBe(0);
  expect(asked).toBe(50);
});

it('of ten thousand held rows the one that an event changed shows it, and the others are the same', () => {
  const now = views(0, many);
  const held = hold(now, placeOf);
  asked = 0;
  const changed = heldWith(held, now.with(4_000, view(4_000, 2)), placeOf);
  expect(changed.rows.filter((row, index) => row !== held.rows[index])).toMatchObject([{ conversation: { id: 'c4000', seq: 2 }, gone: false }]);
  expect(changed.updates).toBe(0);
  expect(asked).toBe(0);
});

it('counts who came, left and moved, shows who left as gone, and puts what comes with a page below all of them', () => {
  const before = views(0, 6);
  const [zero, one, two, three, four, five] = before;
  const held = hold(before, placeOf);
  const moved = { ...one!, seq: 2, openedAt: '4.5' };
  const now = [view(-1), zero!, three!, four!, moved, five!];
  const shown = heldWith(held, now, placeOf);
  expect(shown.rows.map(({ conversation, gone }) => `${conversation.id}${gone ? ' gone' : ''}`)).toEqual(['c0', 'c1', 'c2 gone', 'c3', 'c4', 'c5']);
  expect(shown.rows[1]!.conversation).toBe(moved);
  expect(shown.updates).toBe(3);
  // It is back with the page, in the place that it kept.
  const withPage = [...now.toSpliced(2, 0, two!), view(6)];
  const more = heldWith(heldAndMore(shown, now, withPage, placeOf), withPage, placeOf);
  expect(more.rows.map(({ conversation, gone }) => `${conversation.id}${gone ? ' gone' : ''}`)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
  expect(more.updates).toBe(2);
});
