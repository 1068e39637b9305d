import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import type { PendingEntry, Timeline, TimelineState } from '@relevo/client';
import type { ConversationView } from '@relevo/contracts';
import { type RefObject, type UIEvent, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { unseenMentions } from '../mentions/unseen';
import { useMe } from '../session/relevo-context';
import type { Signal } from '../ui/signal';
import { entryWanted } from './entry-wanted';
import { firstUnread, isEntryItem, placeOf, type ThreadItem, threadItems } from './thread-items';

const guessedHeight = 64;
/** Within this of its end, it follows what comes. */
const atEndPx = 80;
/** Older entries, and newer ones, are asked for this far from where those at hand end. */
const nearEdgePx = 400;
/** What was drawn has its height by then. */
const atRestMs = 150;
/** As long as an entry that one was brought to stands out; its style fades as long. */
const standsOutMs = 4_000;

/** Where one is to be. */
interface Place {
  readonly to: number | 'end';
  /** That entry itself is meant, and not the part that begins with it. */
  readonly isEntry?: true;
}

interface Given {
  readonly conversation: ConversationView;
  readonly timeline: Timeline;
  readonly state: TimelineState;
  /** What I wrote and no gateway has answered yet. */
  readonly pending: readonly PendingEntry[];
  /** Seqs of entries to go to. */
  readonly places: Signal<number | 'end'>;
  /** The entry that the address goes to. */
  readonly at: number | null;
}

interface Shown {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly items: readonly ThreadItem[];
  /** The first look is over. */
  readonly isPlaced: boolean;
  readonly isAtEnd: boolean;
  /** One reads elsewhere: what comes does not move the thread, until one is at the newest again. */
  readonly isAway: boolean;
  /** The entry that one was brought to, for a moment. */
  readonly reached: number | null;
  /** Up to where the newest was before the eye. */
  readonly seenSeq: number;
  readonly onScroll: (event: UIEvent) => void;
}

const nothingPending: readonly PendingEntry[] = [];

/**
 * Where one is in a thread, and how one comes elsewhere: at first to the entry that the address goes to, or to what is
 * unread, or a note that calls and was not seen, whichever comes first, else to the end; later wherever one scrolls, is
 * brought or writes. What is near is asked for.
 */
export function usePlace({ conversation, timeline, state, pending, places, at }: Given): Shown {
  const me = useMe();
  const { entries, hasNewer } = state;
  const [isAway, setAway] = useState(at !== null);
  /** Where one is to be as soon as it is at hand. */
  const [place, setPlace] = useState<Place | null>(at === null ? null : { to: at, isEntry: true });
  const [reached, setReached] = useReached();
  // As it was when it was opened: what is read meanwhile is still what was unread then.
  const [atFirst] = useState(conversation);
  const [calledAtFirst] = useState(() => unseenMentions(conversation, me.id)[0] ?? null);
  /** Not known before the end was at hand. */
  const [unreadFrom, setUnreadFrom] = useState<number | null | undefined>(undefined);
  const shownPending = isAway && hasNewer ? nothingPending : pending;
  const items = useMemo(() => threadItems(entries, shownPending, unreadFrom ?? null), [entries, shownPending, unreadFrom]);
  const scroller = useRef<HTMLDivElement>(null);
  const [isPlaced, setPlaced] = useState(false);
  const [isAtEnd, setAtEnd] = useState(true);
  const [seenSeq, setSeenSeq] = useState(0);
  const lastSeq = entries.at(-1)?.seq ?? 0;

  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedHeight,
    getItemKey: (index) => items[index]?.key ?? index,
    anchorTo: 'end',
    followOnAppend: !isAway,
    scrollEndThreshold: atEndPx,
    overscan: 10,
    paddingStart: 12,
    paddingEnd: 10,
  });

  useLayoutEffect(() => {
    if (isPlaced || entries.length === 0) return;
    setPlaced(true);
    setSeenSeq(Math.max(lastSeq, atFirst.seq));
  }, [isPlaced, entries, atFirst, lastSeq]);
  useLayoutEffect(() => {
    if (unreadFrom !== undefined || entries.length === 0 || (isAway && hasNewer)) return;
    setUnreadFrom(firstUnread(entries.filter(({ seq }) => seq <= atFirst.seq), atFirst.unread.count));
  }, [unreadFrom, entries, isAway, hasNewer, atFirst]);

  const isEndShown = ({ scrollTop, scrollHeight, clientHeight }: Element): boolean => scrollHeight - clientHeight - scrollTop <= atEndPx && !(isAway && hasNewer);
  const loadNear = ({ scrollTop, scrollHeight, clientHeight }: Element): void => {
    // Elsewhere is on its way; what lies around here is not wanted any more.
    if (place !== null) return;
    if (scrollTop < nearEdgePx && state.hasOlder) timeline.loadOlder();
    if (scrollHeight - clientHeight - scrollTop < nearEdgePx && hasNewer) timeline.loadNewer();
  };
  // A page may be shorter than what is looked at, or end where somebody waits already: nothing is scrolled then.
  const loadAround = useEffectEvent(() => scroller.current && isPlaced && loadNear(scroller.current));
  useEffect(() => void loadAround(), [isPlaced, entries]);
  useEffect(() => {
    if (isAtEnd && !isAway) setSeenSeq(lastSeq);
  }, [isAtEnd, isAway, lastSeq]);

  // Back at the end, once nothing moves: what one was brought to may be near it, or all of it be there without being scrolled.
  const comeBack = useEffectEvent(() => {
    const atEnd = scroller.current !== null && isEndShown(scroller.current);
    setAtEnd(atEnd);
    if (atEnd) setAway(false);
  });
  const height = virtual.getTotalSize();
  useEffect(() => {
    if (!isAway || place !== null) return;
    const timer = setTimeout(() => comeBack(), atRestMs);
    return () => clearTimeout(timer);
  }, [isAway, place, isAtEnd, hasNewer, height]);

  const go = useEffectEvent((next: Place): void => {
    if (next.to !== 'end') setAway(true);
    timeline.open(next.to);
    setPlace(next);
  });
  useLayoutEffect(() => {
    if (!isPlaced || place !== null) return;
    const unread = items.findIndex(({ kind }) => kind === 'unread');
    const isCallHere = calledAtFirst !== null && entries.some(({ seq }) => seq === calledAtFirst);
    const lines = [unread, isCallHere ? placeOf(items, calledAtFirst) : -1].filter((line) => line >= 0);
    if (lines.length > 0) virtual.scrollToIndex(Math.min(...lines), { align: 'start' });
    else virtual.scrollToEnd();
    if (calledAtFirst !== null && !isCallHere) go({ to: calledAtFirst });
    // Once, when it is placed: from then on whoever reads decides.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isPlaced]);
  useEffect(() => places.listen((to) => go({ to })), [places]);
  useEffect(() => {
    if (at !== null) go({ to: at, isEntry: true });
  }, [at]);
  useEffect(() => entryWanted.listen((to) => go({ to, isEntry: true })), []);
  useEffect(() => () => timeline.leave(), [timeline]);
  useLayoutEffect(() => {
    if (place === null || !isPlaced) return;
    const { to, isEntry } = place;
    // Beyond the end there is nothing to wait for.
    const isHere = to === 'end' ? !hasNewer : entries.some(({ seq }) => seq === to) || (!hasNewer && to > lastSeq);
    if (!isHere) return;
    setPlace(null);
    if (to === 'end') {
      setAway(false);
      virtual.scrollToEnd();
    } else if (isEntry) {
      const index = items.findIndex((item) => isEntryItem(item) && item.entry.seq === to);
      setReached(index < 0 ? null : to);
      virtual.scrollToIndex(index < 0 ? placeOf(items, to) : index, { align: 'center' });
    } else {
      virtual.scrollToIndex(placeOf(items, to), { align: 'start' });
      scroller.current?.focus({ preventScroll: true });
    }
  }, [place, isPlaced, entries, items, hasNewer, lastSeq, virtual, setReached]);

  const lastPending = pending.at(-1)?.commandId;
  const showOwn = useEffectEvent(() => (isAway ? go({ to: 'end' }) : virtual.scrollToEnd()));
  useEffect(() => {
    // What I wrote I want to see.
    if (lastPending !== undefined) showOwn();
  }, [lastPending]);

  const onScroll = ({ currentTarget }: UIEvent): void => {
    setAtEnd(isEndShown(currentTarget));
    loadNear(currentTarget);
  };
  return { scroller, virtual, items, isPlaced, isAtEnd, isAway, reached, seenSeq, onScroll };
}

function useReached(): [number | null, (seq: number | null) => void] {
  const [reached, setReached] = useState<number | null>(null);
  useEffect(() => {
    if (reached === null) return;
    const timer = setTimeout(() => setReached(null), standsOutMs);
    return () => clearTimeout(timer);
  }, [reached]);
  return [reached, setReached];
}
