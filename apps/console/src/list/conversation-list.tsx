import { useVirtualizer } from '@tanstack/react-virtual';
import type { ConversationList as ListStore } from '@relevo/client';
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePassing } from '../shortcuts/passing';
import { useStore } from '../ui/use-store';
import { ConversationRow } from './conversation-row';
import classes from './conversation-list.module.css';
import { ListEmpty } from './list-empty';
import { ListSkeleton } from './list-skeleton';

/** As tall as it ever is, so that the first paint does not jump. */
const rowHeight = 88;
/** The next page is asked for when so many rows are left below. */
const fewLeft = 12;

interface Props {
  readonly list: ListStore;
  readonly openId: string | null;
  readonly onOpen: (conversationId: string, at: number | null) => void;
}

export function ConversationList({ list, openId, onOpen }: Props) {
  const { t } = useTranslation('list');
  const state = useStore(list);
  const { rows } = state;
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.conversation.id ?? index,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const isPassing = usePassing();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (state.hasMore && !state.isLoadingMore && lastShown >= rows.length - fewLeft) list.loadMore();
  }, [list, state.hasMore, state.isLoadingMore, lastShown, rows.length]);

  // Whoever goes through the list with keys sees where they are; under a pointer nothing moves.
  useEffect(() => {
    const index = isPassing ? list.getSnapshot().rows.findIndex(({ conversation }) => conversation.id === openId) : -1;
    if (index !== -1) virtual.scrollToIndex(index);
  }, [isPassing, list, openId, virtual]);

  useEffect(() => {
    // Another list came under a pointer that did not move.
    if (frame.current?.matches(':hover')) list.hold();
    return () => list.release();
  }, [list]);

  useEffect(() => {
    // A menu of a row that goes away under the pointer does not say that the pointer left it.
    const look = ({ target }: PointerEvent): void => {
      const isOverList = target instanceof Element && target.closest('#list') !== null;
      if (!isOverList && list.getSnapshot().isHeld) list.release();
    };
    document.addEventListener('pointerover', look);
    return () => document.removeEventListener('pointerover', look);
  }, [list]);

  const focusRow = useCallback(
    (index: number): void => {
      const row = (): HTMLElement | null | undefined => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-open]`);
      const from = document.activeElement;
      virtual.scrollToIndex(index);
      // The next key may come before the next frame does.
      row()?.focus();
      // Rows that were not drawn yet are there after the scroll; by then the focus may have been put elsewhere.
      requestAnimationFrame(() => document.activeElement === from && row()?.focus());
    },
    [virtual],
  );
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const isMenu = event.target instanceof Element && event.target.closest('[role="menu"]') !== null;
    if (step === undefined || isMenu || event.ctrlKey || event.metaKey || event.altKey) return;
    const current = Number((event.target as Element).closest('[data-index]')?.getAttribute('data-index') ?? -1);
    const next = Math.min(rows.length - 1, Math.max(0, current + step));
    event.preventDefault();
    focusRow(next);
  };

  if (rows.length === 0) return state.isLoading ? <ListSkeleton /> : <ListEmpty failed={state.error?.code ?? null} onRetry={() => void list.load()} />;
  return (
    <div ref={frame} className={classes.frame} onPointerEnter={() => list.hold()} onPointerLeave={() => list.release()}>
      {state.updates > 0 && (
        <button type="button" className={classes.updates} onClick={() => list.applyUpdates()}>
          {t('updates', { count: state.updates })}
        </button>
      )}
      <div ref={scroller} className={classes.scroller} onKeyDown={move} data-list>
        <ul className={classes.rows} style={{ height: virtual.getTotalSize() }} aria-busy={state.isLoading}>
          {items.map(({ key, index, start }) => {
            const row = rows[index];
            return (
              row && (
                <li key={key} ref={virtual.measureElement} data-index={index} className={classes.item} style={{ transform: `translateY(${start}px)` }}>
                  <ConversationRow conversation={row.conversation} found={list.foundBy(row.conversation.id)} isGone={row.gone} isOpen={row.conversation.id === openId} onOpen={onOpen} />
                </li>
              )
            );
          })}
        </ul>
        {state.isLoadingMore && <p className={classes.more}>{t('more')}</p>}
      </div>
    </div>
  );
}
