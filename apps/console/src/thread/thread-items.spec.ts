import type { PendingEntry, TimelineEntry } from '@relevo/client';
import { firstUnread, placeOf, threadItems, unseenWritten } from './thread-items';

const base = Date.UTC(2026, 0, 5, 12);
type Written = Partial<Pick<TimelineEntry, 'type' | 'data'>> & { who?: string; minute?: number };
const entry = (seq: number, { type = 'message', who = 'customer', minute = seq, data = { text: '', attachments: [] } }: Written = {}): TimelineEntry =>
  ({ conversationId: 'c', seq, type, visibility: 'public', at: new Date(base + minute * 60_000).toISOString(), actor: { kind: who, id: who, name: who }, data }) as TimelineEntry;
const show = (entries: TimelineEntry[], pending: PendingEntry[] = [], unreadFrom: number | null = null): string[] =>
  threadItems(entries, pending, unreadFrom).map((item) => {
    if (item.kind === 'written') return `${item.startsGroup ? '' : '+'}${item.entry.type}${item.entry.seq}${item.delivery === null ? '' : `:${item.delivery}`}`;
    return item.kind === 'happened' ? `${item.entry.type}${item.entry.seq}` : item.kind;
  });

it('says whose messages are once for several in a row, and the day before its first', () => {
  const day = 24 * 60;
  expect(show([entry(1, { type: 'opened' }), entry(2), entry(3), entry(4, { who: 'agent' }), entry(5, { type: 'note', who: 'agent' }), entry(6, { minute: 20 }), entry(7, { minute: day })])).toEqual([
    'day',
    'opened1',
    'message2',
    '+message3',
    'message4',
    'note5',
    'message6',
    'day',
    'message7',
  ]);
});

it('says that a day begins only where what was before is known', () => {
  expect(show([entry(8), entry(9, { minute: 24 * 60 })])).toEqual(['message8', 'day', 'message9']);
});

it('puts the last known delivery beside its message, and leaves reads out', () => {
  const sent = entry(3, { type: 'delivery', data: { ofSeq: 2, status: 'sent' } });
  const read = entry(5, { type: 'delivery', data: { ofSeq: 2, status: 'read' } });
  expect(show([entry(2, { who: 'agent' }), sent, entry(4, { type: 'read', data: { upToSeq: 2 } }), entry(4, { type: 'mentions-seen', data: { upToSeq: 2 } }), read])).toEqual(['message2:read']);
});

it('has the line of what is unread before it, and what is on its way at the end', () => {
  expect(show([entry(1), entry(2)], [{ commandId: 'x' } as PendingEntry], 2)).toEqual(['day', 'message1', 'unread', 'message2', 'pending']);
});

it.each([
  [0, null],
  [1, 4],
  [2, 2],
  [9, 1],
])('of %d unread messages the first is %s', (count, expected) => {
  expect(firstUnread([entry(1), entry(2), entry(3, { who: 'agent' }), entry(4), entry(5, { type: 'tagged' })], count)).toBe(expected);
});

it('goes to the day’s line for the first of a day, to what follows for what is not shown, and to the last where nothing follows', () => {
  const day = 24 * 60;
  const read = entry(12, { type: 'read', data: { upToSeq: 11 } });
  const items = threadItems([entry(10), entry(11), read, entry(13, { minute: day }), entry(14, { minute: day })], [], null);
  expect(items.map(({ kind }) => kind)).toEqual(['written', 'written', 'day', 'written', 'written']);
  expect([10, 11, 12, 13, 14].map((seq) => placeOf(items, seq))).toEqual([0, 1, 2, 2, 4]);
  expect(placeOf(items, 15)).toBe(4);
});

it('makes of a page above ten thousand entries the page alone: what was below is the same, and is not drawn again', () => {
  // By two who take turns, so that whose message it is does not depend on the one above.
  const entries = Array.from({ length: 10_050 }, (_, index) => entry(index + 1, { who: index % 2 === 0 ? 'customer' : 'agent' }));
  const before = new Set(threadItems(entries.slice(50), [], null));
  const parse = jest.spyOn(Date, 'parse');
  const made = threadItems(entries, [], null).filter((item) => item.kind === 'written' && !before.has(item));
  expect(made.map(({ key }) => Number(key))).toEqual(entries.slice(0, 50).map(({ seq }) => seq));
  expect(parse).toHaveBeenCalledTimes(50);
  parse.mockRestore();
});

it('makes anew what says something else by now: the next of the same person, and what was delivered', () => {
  const entries = [entry(1), entry(2), entry(3, { who: 'agent' }), entry(4, { who: 'agent' })];
  const before = new Set(threadItems(entries.slice(1), [], null));
  const delivered = entry(5, { type: 'delivery', data: { ofSeq: 4, status: 'read' } });
  const made = threadItems([...entries, delivered], [], null).filter((item) => item.kind === 'written' && !before.has(item));
  expect(made).toMatchObject([{ key: '1', startsGroup: true }, { key: '2', startsGroup: false }, { key: '4', delivery: 'read' }]);
});

it('counts messages and notes below what was seen, and looks at nothing above', () => {
  let looks = 0;
  const looked = (one: TimelineEntry): TimelineEntry => Object.defineProperty({ ...one }, 'seq', { get: () => ((looks += 1), one.seq) });
  const entries = Array.from({ length: 10_000 }, (_, index) => looked(entry(index + 1, { type: index % 2 === 0 ? 'message' : 'tagged' })));
  expect(unseenWritten(entries, 9_990)).toBe(5);
  expect(looks).toBe(11);
});
