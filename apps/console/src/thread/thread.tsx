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
import { ThreadRow } from './thread-row';
import { firstUnread, placeOf, threadItems, unseenWritten } from './thread-items';
import classes from './thread.module.css';
import { TypingLine } from './typing-line';

const guessedHeight = 64;
/** Within this of its end, it follows what comes. */
const atEndPx = 80;
/** Older entries, and newer ones, are asked for this far from where those at hand end. */
const nearEdgePx = 400;

interface Props {
  readonly conversation: ConversationView;
  readonly timeline: Timeline;
  /** Seqs of entries to go to. */
  readonly places: Signal<number | 'end'>;
}

const nothingPending: readonly PendingEntry[] = [];

export function Thread({ conversation, timeline, places }: Props) {
  const { t } = useTranslation('thread');
  const say = useSay();
  const relevo = useRelevo();
  const me = useMe();
  const state = useStore(timeline);
  const pending = useStore(useMemo(() => relevo.pending(conversation.id), [relevo, conversation.id]));
  const { entries, hasNewer } = state;
  /** Reads elsewhere: what comes does not move it, until one is at the newest again. */
  const [isAway, setAway] = useState(false);
  /** Where one is to be as soon as it is at hand. */
  const [place, setPlace] = useState<number | 'end' | null>(null);
  // As it was when it was opened: what is read meanwhile is still what was unread then.
  const [unreadAtFirst] = useState(conversation.unread.count);
  const [calledAtFirst] = useState(() => unseenMentions(conversation, me.id)[0] ?? null);
  const [unreadFrom, setUnreadFrom] = useState<number | null>(null);
  const shownPending = isAway && hasNewer ? nothingPending : pending;
  const items = useMemo(() => threadItems(entries, shownPending, unreadFrom), [entries, shownPending, unreadFrom]);
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

  // The first look: at what is unread, or a note that calls and was not seen, whichever comes first; else at the end.
  useLayoutEffect(() => {
    if (isPlaced || entries.length === 0) return;
    const from = firstUnread(entries, unreadAtFirst);
    setUnreadFrom(from);
    setPlaced(true);
    setSeenSeq(lastSeq);
  }, [isPlaced, entries, unreadAtFirst, lastSeq]);
  const follow = ({ currentTarget }: UIEvent): void => {
    const { scrollTop, scrollHeight, clientHeight } = currentTarget;
    const below = scrollHeight - clientHeight - scrollTop;
    const atEnd = below <= atEndPx && !(isAway && hasNewer);
    setAtEnd(atEnd);
    if (atEnd) setAway(false);
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

  const go = useEffectEvent((to: number | 'end'): void => {
    if (to !== 'end') setAway(true);
    timeline.open(to);
    setPlace(to);
  });
  useLayoutEffect(() => {
    if (!isPlaced) return;
    const unread = items.findIndex(({ kind }) => kind === 'unread');
    const isCallHere = calledAtFirst !== null && entries.some(({ seq }) => seq === calledAtFirst);
    const lines = [unread, isCallHere ? placeOf(items, calledAtFirst) : -1].filter((line) => line >= 0);
    if (lines.length > 0) virtual.scrollToIndex(Math.min(...lines), { align: 'start' });
    else virtual.scrollToEnd();
    if (calledAtFirst !== null && !isCallHere) go(calledAtFirst);
    // Once, when it is placed: from then on whoever reads decides.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isPlaced]);
  useEffect(() => places.listen((to) => go(to)), [places]);
  useEffect(() => () => timeline.leave(), [timeline]);
  useLayoutEffect(() => {
    if (place === null || !isPlaced) return;
    const isHere = place === 'end' ? !hasNewer : entries.some(({ seq }) => seq === place);
    if (!isHere) return;
    setPlace(null);
    if (place === 'end') {
      setAway(false);
      virtual.scrollToEnd();
    } else {
      virtual.scrollToIndex(placeOf(items, place), { align: 'start' });
      scroller.current?.focus({ preventScroll: true });
    }
  }, [place, isPlaced, entries, items, hasNewer, virtual]);

  const lastPending = pending.at(-1)?.commandId;
  const showOwn = useEffectEvent(() => (isAway ? go('end') : virtual.scrollToEnd()));
  useEffect(() => {
    // What I wrote I want to see.
    if (lastPending !== undefined) showOwn();
  }, [lastPending]);

  if (entries.length === 0 && state.error && !state.isLoading) {
    return <EmptyState icon={<IconAlertTriangle size={26} />} title={t('failed')} hint={say(state.error.code)} />;
  }
  const newBelow = unseenWritten(entries, seenSeq) + unseenWritten(state.ahead, seenSeq);
  return (
    <div className={classes.frame}>
      <div ref={scroller} className={classes.scroller} onScroll={follow} tabIndex={0} role="log" aria-label={t('timeline')} data-thread>
        {state.hasOlder && <p className={classes.older}>{t('loadOlder')}</p>}
        <div className={classes.items} style={{ height: virtual.getTotalSize() }} data-placed={isPlaced || undefined}>
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const item = items[index];
            return (
              item && (
                <div key={key} ref={virtual.measureElement} data-index={index} className={classes.item} style={{ transform: `translateY(${start}px)` }}>
                  <ThreadRow item={item} lastSeq={lastSeq} />
                </div>
              )
            );
          })}
        </div>
      </div>
      <TypingLine conversationId={conversation.id} />
      {!isAtEnd && (
        <button type="button" className={classes.toEnd} onClick={() => places.send('end')} aria-label={newBelow > 0 ? `${t('toEnd')}: ${t('newBelow', { count: newBelow })}` : t('toEnd')}>
          <IconArrowDown size={16} />
          {newBelow > 0 && <span>{t('newBelow', { count: newBelow })}</span>}
        </button>
      )}
    </div>
  );
}
