import { useVirtualizer } from '@tanstack/react-virtual';
import type { PendingEntry, Timeline } from '@relevo/client';
import type { ConversationView } from '@relevo/contracts';
import { type UIEvent, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unseenMentions } from '../mentions/unseen';
import { useMe, useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { EmptyState } from '../ui/empty-state';
import { IconAlertTriangle, IconArrowDown } from '../ui/icons';
import type { Signal } from '../ui/signal';
import { useStore } from '../ui/use-store';
import { entryWanted } from './entry-wanted';
import { Reached } from './reached';
import { ThreadRow } from './thread-row';
import { firstUnread, isEntryItem, placeOf, threadItems, unseenWritten } from './thread-items';
import classes from './thread.module.css';
import { TypingLine } from './typing-line';
import { useMarkRead } from './use-mark-read';

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

interface Props {
  readonly conversation: ConversationView;
  readonly timeline: Timeline;
  /** Seqs of entries to go to. */
  readonly places: Signal<number | 'end'>;
  /** The entry that the address goes to. */
  readonly at: number | null;
}

const nothingPending: readonly PendingEntry[] = [];

export function Thread({ conversation, timeline, places, at }: Props) {
  const { t } = useTranslation('thread');
  const say = useSay();
  const relevo = useRelevo();
  const me = useMe();
  const state = useStore(timeline);
  const pending = useStore(useMemo(() => relevo.pending(conversation.id), [relevo, conversation.id]));
  const { entries, hasNewer } = state;
  /** Reads elsewhere: what comes does not move it, until one is at the newest again. */
  const [isAway, setAway] = useState(at !== null);
  /** Where one is to be as soon as it is at hand. */
  const [place, setPlace] = useState<Place | null>(at === null ? null : { to: at, isEntry: true });
  /** The entry that one was brought to, for a moment. */
  const [reached, setReached] = useState<number | null>(null);
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

  const virtual = useVirtualizer({
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

  // The first look: at the entry that the address goes to; or at what is unread, or a note that calls and was not seen, whichever comes first; else at the end.
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
  const follow = ({ currentTarget }: UIEvent): void => {
    setAtEnd(isEndShown(currentTarget));
    loadNear(currentTarget);
  };
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
  const height = virtual.getTotalSize();
  const comeBack = useEffectEvent(() => {
    const atEnd = scroller.current !== null && isEndShown(scroller.current);
    setAtEnd(atEnd);
    if (atEnd) setAway(false);
  });
  useEffect(() => {
    if (!isAway || place !== null) return;
    const timer = setTimeout(() => comeBack(), atRestMs);
    return () => clearTimeout(timer);
  }, [isAway, place, isAtEnd, hasNewer, height]);
  useMarkRead(conversation, hasNewer || isAway ? 0 : state.reachedSeq);

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
  }, [place, isPlaced, entries, items, hasNewer, lastSeq, virtual]);
  useEffect(() => {
    if (reached === null) return;
    const timer = setTimeout(() => setReached(null), standsOutMs);
    return () => clearTimeout(timer);
  }, [reached]);

  const lastPending = pending.at(-1)?.commandId;
  const showOwn = useEffectEvent(() => (isAway ? go({ to: 'end' }) : virtual.scrollToEnd()));
  useEffect(() => {
    // What I wrote I want to see.
    if (lastPending !== undefined) showOwn();
  }, [lastPending]);

  if (entries.length === 0 && state.error && !state.isLoading) {
    return <EmptyState icon={<IconAlertTriangle size={26} />} title={t('failed')} hint={say(state.error.code)} />;
  }
  const reachedEntry = reached === null ? undefined : items.filter(isEntryItem).find(({ entry }) => entry.seq === reached)?.entry;
  const newBelow = unseenWritten(entries, seenSeq) + unseenWritten(state.ahead, seenSeq);
  return (
    <div className={classes.frame}>
      <div ref={scroller} className={classes.scroller} onScroll={follow} tabIndex={0} role="log" aria-label={t('timeline')} data-thread>
        {state.hasOlder && <p className={classes.older}>{t('loadOlder')}</p>}
        <div className={classes.items} style={{ height }} data-placed={isPlaced || undefined}>
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const item = items[index];
            return (
              item && (
                <div key={key} ref={virtual.measureElement} data-index={index} data-reached={(isEntryItem(item) && item.entry.seq === reached) || undefined} className={classes.item} style={{ transform: `translateY(${start}px)` }}>
                  <ThreadRow item={item} lastSeq={lastSeq} />
                </div>
              )
            );
          })}
        </div>
      </div>
      <TypingLine conversationId={conversation.id} />
      <Reached entry={reachedEntry ?? null} />
      {!isAtEnd && (
        <button type="button" className={classes.toEnd} onClick={() => places.send('end')} aria-label={newBelow > 0 ? `${t('toEnd')}: ${t('newBelow', { count: newBelow })}` : t('toEnd')}>
          <IconArrowDown size={16} />
          {newBelow > 0 && <span>{t('newBelow', { count: newBelow })}</span>}
        </button>
      )}
    </div>
  );
}
