import type { ConversationView, ListedConversation } from '@relevo/contracts';
import { isBefore, type Place } from './order.js';

/** What a list is of, and where each conversation stands in it. */
export interface ListRules {
  readonly accepts: (view: ConversationView) => boolean;
  readonly placeOf: (view: ConversationView) => Place;
}

/** What was last told of a conversation; null: that it may no longer be seen. */
interface Told {
  readonly seq: number;
  readonly view: ConversationView | null;
}

/**
 * The part of a list that is known, from pages and events alike. Up to `end` it is what the server would answer now;
 * what events told of beyond it is kept for when the pages come that far, because the page may have been read before.
 */
export interface ListWindow {
  /** All that is known to be in the list, in its order. */
  readonly known: readonly ConversationView[];
  /** The place up to which nothing is missing; `all`: to the list's end; null: nothing was loaded yet. */
  readonly end: Place | 'all' | null;
  /** Of the next page. */
  readonly nextCursor: string | null;
  /** While a page is asked for, all that is told meanwhile: the page may be older. */
  readonly told: ReadonlyMap<string, Told> | null;
}

export const emptyWindow: ListWindow = { known: [], end: null, nextCursor: null, told: null };

export interface ListPage {
  readonly items: readonly ListedConversation[];
  readonly nextCursor: string | null;
}

/** What is shown: the known part without a gap. */
export function rowsOf({ known, end }: ListWindow, { placeOf }: ListRules): readonly ConversationView[] {
  if (end === 'all') return known;
  if (end === null) return [];
  return known.slice(0, indexAfter(known, end, placeOf));
}

/** How many stand at this place or before it. */
function indexAfter(known: readonly ConversationView[], place: Place, placeOf: ListRules['placeOf']): number {
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const view = known[middle];
    if (view && isBefore(place, placeOf(view))) high = middle;
    else low = middle + 1;
  }
  return low;
}

function inserted(known: readonly ConversationView[], view: ConversationView, placeOf: ListRules['placeOf']): readonly ConversationView[] {
  return known.toSpliced(indexAfter(known, placeOf(view), placeOf), 0, view);
}

/** From now on what is told is kept, until the page is there. */
export const asking = (window: ListWindow): ListWindow => ({ ...window, told: window.told ?? new Map<string, Told>() });

/** Everything that was loaded is in doubt, and will be asked for again; it stays in view meanwhile. */
export const doubting = (window: ListWindow): ListWindow => ({ ...window, told: new Map<string, Told>() });

/** No page will come of what was asked. */
export const notAsking = (window: ListWindow): ListWindow => ({ ...window, told: null });

/** A conversation as it is now, or was: an older view than the one held tells nothing. */
export function withView(window: ListWindow, rules: ListRules, view: ConversationView): ListWindow {
  return withTold(window, rules, view.id, { seq: view.seq, view });
}

/** It may no longer be seen. */
export function withoutConversation(window: ListWindow, rules: ListRules, id: string, seq: number): ListWindow {
  return withTold(window, rules, id, { seq, view: null });
}

function withTold(window: ListWindow, rules: ListRules, id: string, news: Told): ListWindow {
  const { known, told } = window;
  const before = told?.get(id);
  if (before && isNewer(before, news)) return window;
  const index = known.findIndex((one) => one.id === id);
  const held = known[index];
  if (held && isNewer({ seq: held.seq, view: held }, news)) return window;
  const noted = told && new Map(told).set(id, news);
  const without = index < 0 ? known : known.toSpliced(index, 1);
  const belongs = news.view !== null && rules.accepts(news.view);
  return { ...window, told: noted, known: belongs ? inserted(without, news.view, rules.placeOf) : without };
}

/** Whether what is held stays. A removal's seq is that of the entry that took the conversation out of sight. */
const isNewer = (held: Told, news: Told): boolean => held.seq > news.seq || (held.seq === news.seq && (held.view === null || news.view !== null));

/** The page that follows what is known. Its rows are put into their places one by one: the others, thousands perhaps, stay. */
export function withPage(window: ListWindow, rules: ListRules, { items, nextCursor }: ListPage): ListWindow {
  const told = window.told ?? new Map<string, Told>();
  // Where events told of it, they have put it into its place already, or kept it out.
  const coming = new Map(items.filter((item) => (told.get(item.id)?.seq ?? 0) < item.seq).map((item) => [item.id, item]));
  const known: ConversationView[] = [];
  for (const held of window.known) {
    if ((coming.get(held.id)?.seq ?? 0) > held.seq) continue;
    coming.delete(held.id);
    known.push(held);
  }
  for (const item of coming.values()) known.splice(indexAfter(known, rules.placeOf(item), rules.placeOf), 0, item);
  return { known, nextCursor, told: null, end: nextCursor === null ? 'all' : furthest(window.end, items.at(-1), rules) };
}

function furthest(end: ListWindow['end'], last: ConversationView | undefined, { placeOf }: ListRules): ListWindow['end'] {
  if (!last) return end;
  const place = placeOf(last);
  return end === null || end === 'all' || isBefore(end, place) ? place : end;
}

/** The list from its beginning, in place of all that was in doubt; what was told since that began goes on. */
export function reloaded(window: ListWindow, rules: ListRules, page: ListPage): ListWindow {
  const told = window.told ?? new Map<string, Told>();
  const known = window.known.filter((view) => told.has(view.id) && rules.accepts(view));
  return withPage({ known, end: null, nextCursor: null, told }, rules, page);
}
