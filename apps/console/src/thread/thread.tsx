import { useVirtualizer } from '@tanstack/react-virtual';
import type { Timeline } from '@relevo/client';
import type { ConversationView } from '@relevo/contracts';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { EmptyState } from '../ui/empty-state';
import { IconAlertTriangle, IconArrowDown } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { ThreadRow } from './thread-row';
import { firstUnread, threadItems } from './thread-items';
import classes from './thread.module.css';
import { TypingLine } from './typing-line';

const guessedHeight = 64;
/** Within this of its end, it follows what comes. */
const atEndPx = 80;
/** Older entries are asked for this far from the top. */
const nearTopPx = 400;

interface Props {
  readonly conversation: ConversationView;
  readonly timeline: Timeline;
}

export function Thread({ conversation, timeline }: Props) {
  const { t } = useTranslation('thread');
  const say = useSay();
  const relevo = useRelevo();
  const state = useStore(timeline);
  const pending = useStore(useMemo(() => relevo.pending(conversation.id), [relevo, conversation.id]));
  const { entries } = state;
  // As it was when it was opened: what is read meanwhile is still what was unread then.
  const [unreadAtFirst] = useState(conversation.unread.count);
  const [unreadFrom, setUnreadFrom] = useState<number | null>(null);
  const items = useMemo(() => threadItems(entries, pending, unreadFrom), [entries, pending, unreadFrom]);
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
    followOnAppend: true,
    scrollEndThreshold: atEndPx,
    overscan: 10,
    paddingStart: 12,
    paddingEnd: 10,
  });

  // The first look: at what is unread, else at the end.
  useLayoutEffect(() => {
    if (isPlaced || entries.length === 0) return;
    const from = firstUnread(entries, unreadAtFirst);
    setUnreadFrom(from);
    setPlaced(true);
    setSeenSeq(lastSeq);
  }, [isPlaced, entries, unreadAtFirst, lastSeq]);
  useLayoutEffect(() => {
    if (!isPlaced) return;
    const line = items.findIndex(({ kind }) => kind === 'unread');
    if (line >= 0) virtual.scrollToIndex(line, { align: 'start' });
    else virtual.scrollToEnd();
    // Once, when it is placed: from then on whoever reads decides.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isPlaced]);

  const follow = (): void => {
    const atEnd = virtual.isAtEnd(atEndPx);
    setAtEnd(atEnd);
    if (atEnd) setSeenSeq(lastSeq);
    if ((scroller.current?.scrollTop ?? Infinity) < nearTopPx && state.hasOlder) timeline.loadOlder();
    if (atEnd && state.hasNewer) timeline.loadNewer();
  };
  useEffect(() => {
    if (isAtEnd) setSeenSeq(lastSeq);
  }, [isAtEnd, lastSeq]);

  const lastPending = pending.at(-1)?.commandId;
  useEffect(() => {
    // What I wrote I want to see.
    if (lastPending !== undefined) virtual.scrollToEnd();
  }, [lastPending, virtual]);

  if (entries.length === 0 && state.error && !state.isLoading) {
    return <EmptyState icon={<IconAlertTriangle size={26} />} title={t('failed')} hint={say(state.error.code)} />;
  }
  const newBelow = entries.filter(({ seq, type }) => seq > seenSeq && (type === 'message' || type === 'note')).length;
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
        <button type="button" className={classes.toEnd} onClick={() => virtual.scrollToEnd()} aria-label={newBelow > 0 ? `${t('toEnd')}: ${t('newBelow', { count: newBelow })}` : t('toEnd')}>
          <IconArrowDown size={16} />
          {newBelow > 0 && <span>{t('newBelow', { count: newBelow })}</span>}
        </button>
      )}
    </div>
  );
}
