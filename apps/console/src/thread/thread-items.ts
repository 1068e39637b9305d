import type { PendingEntry, TimelineEntry } from '@relevo/client';
import type { DeliveryStatus } from '@relevo/contracts';

type EntryOf<T extends TimelineEntry['type']> = Extract<TimelineEntry, { readonly type: T }>;

export type WrittenEntry = EntryOf<'message'> | EntryOf<'note'>;
export type HappenedEntry = Exclude<TimelineEntry, WrittenEntry | EntryOf<'delivery' | 'read' | 'mentions-seen'>>;

interface WrittenItem {
  readonly kind: 'written';
  readonly key: string;
  readonly entry: WrittenEntry;
  /** Of `entry.at`, in milliseconds. */
  readonly time: number;
  readonly startsGroup: boolean;
  readonly delivery: DeliveryStatus | null;
}

interface HappenedItem {
  readonly kind: 'happened';
  readonly key: string;
  readonly entry: HappenedEntry;
  readonly time: number;
}

/** What the thread shows, one below the other. */
export type ThreadItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'unread'; readonly key: string }
  | WrittenItem
  | HappenedItem
  | { readonly kind: 'pending'; readonly key: string; readonly pending: PendingEntry };

export const isEntryItem = (item: ThreadItem): item is WrittenItem | HappenedItem => item.kind === 'written' || item.kind === 'happened';

/** Of one person within this time: their name is said once. */
const groupMs = 5 * 60_000;

/** The day of a time, where whoever reads it is: its name, and when the next one begins, in milliseconds. */
function dayOf(time: number): { readonly name: string; readonly end: number } {
  const day = new Date(time);
  return { name: day.toDateString(), end: new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime() };
}

const isWritten = (entry: TimelineEntry): entry is WrittenEntry => entry.type === 'message' || entry.type === 'note';

function continues(before: ThreadItem | undefined, entry: WrittenEntry, time: number): boolean {
  if (before?.kind !== 'written') return false;
  const { entry: last } = before;
  const samePerson = last.actor.kind === entry.actor.kind && last.actor.id === entry.actor.id;
  return samePerson && last.type === entry.type && time - before.time < groupMs;
}

/**
 * An entry never changes, so what was made of it serves as long as it says the same: of the thousands that are at hand when
 * a page comes no time is read and no row is drawn again.
 */
const made = new WeakMap<TimelineEntry, WrittenItem | HappenedItem>();

const timeOf = (entry: TimelineEntry): number => made.get(entry)?.time ?? Date.parse(entry.at);

function itemOf(entry: WrittenEntry | HappenedEntry, time: number, before: ThreadItem | undefined, delivery: DeliveryStatus | null): WrittenItem | HappenedItem {
  const last = made.get(entry);
  const startsGroup = isWritten(entry) && !continues(before, entry, time);
  if (last && (last.kind === 'happened' || (last.startsGroup === startsGroup && last.delivery === delivery))) return last;
  const key = String(entry.seq);
  const item: WrittenItem | HappenedItem = isWritten(entry) ? { kind: 'written', key, entry, time, startsGroup, delivery } : { kind: 'happened', key, entry, time };
  made.set(entry, item);
  return item;
}

/** The last that is known of each message's way; a later status comes in a later entry. */
function deliveriesOf(entries: readonly TimelineEntry[]): ReadonlyMap<number, DeliveryStatus> {
  const deliveries = new Map<number, DeliveryStatus>();
  for (const entry of entries) if (entry.type === 'delivery') deliveries.set(entry.data.ofSeq, entry.data.status);
  return deliveries;
}

/**
 * A timeline with what is on its way at its end. Deliveries are ticks beside their message, reads are nobody's news.
 * `unreadFrom`: the first entry that nobody had read when it was opened. Where entries before are not loaded, the first one
 * is not said to begin its day: no item goes away, or comes between others, when they come above it.
 */
export function threadItems(entries: readonly TimelineEntry[], pending: readonly PendingEntry[], unreadFrom: number | null): readonly ThreadItem[] {
  const deliveries = deliveriesOf(entries);
  const items: ThreadItem[] = [];
  // Entries are in the order of their times, and may be thousands: one look at the calendar a day.
  let dayEnds = 0;
  const first = entries[0]?.seq;
  for (const entry of entries) {
    if (entry.type === 'delivery' || entry.type === 'read' || entry.type === 'mentions-seen') continue;
    const time = timeOf(entry);
    if (time >= dayEnds) {
      const { name, end } = dayOf(time);
      if (dayEnds > 0 || first === 1) items.push({ kind: 'day', key: `day-${name}`, at: entry.at });
      dayEnds = end;
    }
    if (entry.seq === unreadFrom) items.push({ kind: 'unread', key: 'unread' });
    items.push(itemOf(entry, time, items.at(-1), deliveries.get(entry.seq) ?? null));
  }
  return [...items, ...pending.map((one): ThreadItem => ({ kind: 'pending', key: one.commandId, pending: one }))];
}

/** Where to go for an entry, or for what follows one that is not shown: the day's line where it is the first of its day. */
export function placeOf(items: readonly ThreadItem[], seq: number): number {
  const index = items.findIndex((item) => isEntryItem(item) && item.entry.seq >= seq);
  if (index < 0) return items.length - 1;
  return items[index - 1]?.kind === 'day' ? index - 1 : index;
}

/** The first of the customer's last `count` messages: with those at hand, the best that can be said. */
export function firstUnread(entries: readonly TimelineEntry[], count: number): number | null {
  if (count === 0) return null;
  const theirs = entries.filter((entry) => entry.type === 'message' && entry.actor.kind === 'customer');
  return theirs.at(-Math.min(count, theirs.length))?.seq ?? null;
}

/** How many messages and notes follow what was seen; as far as that, nothing is looked at. */
export function unseenWritten(entries: readonly TimelineEntry[], seenSeq: number): number {
  const firstUnseen = entries.findLastIndex(({ seq }) => seq <= seenSeq) + 1;
  return entries.slice(firstUnseen).filter(isWritten).length;
}
