import type { PendingEntry, TimelineEntry } from '@relevo/client';
import { firstUnread, placeOf, threadItems } from './thread-items';

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
  expect(show([entry(2, { who: 'agent' }), sent, entry(4, { type: 'read', data: { upToSeq: 2 } }), read])).toEqual(['message2:read']);
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
