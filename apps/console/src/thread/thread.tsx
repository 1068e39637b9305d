import type { Timeline } from '@relevo/client';
import type { ConversationView } from '@relevo/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { EmptyState } from '../ui/empty-state';
import { IconAlertTriangle, IconArrowDown } from '../ui/icons';
import type { Signal } from '../ui/signal';
import { useStore } from '../ui/use-store';
import { Reached } from './reached';
import { ThreadRow } from './thread-row';
import { isEntryItem, unseenWritten } from './thread-items';
import classes from './thread.module.css';
import { TypingLine } from './typing-line';
import { useMarkRead } from './use-mark-read';
import { usePlace } from './use-place';

interface Props {
  readonly conversation: ConversationView;
  readonly timeline: Timeline;
  /** Seqs of entries to go to. */
  readonly places: Signal<number | 'end'>;
  /** The entry that the address goes to. */
  readonly at: number | null;
}

export function Thread({ conversation, timeline, places, at }: Props) {
  const { t } = useTranslation('thread');
  const say = useSay();
  const relevo = useRelevo();
  const state = useStore(timeline);
  const pending = useStore(useMemo(() => relevo.pending(conversation.id), [relevo, conversation.id]));
  const { entries } = state;
  const { scroller, virtual, items, isPlaced, isAtEnd, isAway, reached, seenSeq, onScroll } = usePlace({ conversation, timeline, state, pending, places, at });
  useMarkRead(conversation, state.hasNewer || isAway ? 0 : state.reachedSeq);

  if (entries.length === 0 && state.error && !state.isLoading) {
    return <EmptyState icon={<IconAlertTriangle size={26} />} title={t('failed')} hint={say(state.error.code)} />;
  }
  const lastSeq = entries.at(-1)?.seq ?? 0;
  const reachedEntry = reached === null ? undefined : items.filter(isEntryItem).find(({ entry }) => entry.seq === reached)?.entry;
  const newBelow = unseenWritten(entries, seenSeq) + unseenWritten(state.ahead, seenSeq);
  return (
    <div className={classes.frame}>
      <div ref={scroller} className={classes.scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label={t('timeline')} data-thread>
        {state.hasOlder && <p className={classes.older}>{t('loadOlder')}</p>}
        <div className={classes.items} style={{ height: virtual.getTotalSize() }} data-placed={isPlaced || undefined}>
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
