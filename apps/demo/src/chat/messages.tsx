import { useMemo } from 'react';
import type { PlayedCustomer } from '../customers/crowd';
import { useTexts } from '../i18n/language-provider';
import { useTimes } from '../i18n/use-times';
import { useStore } from '../use-store';
import { Bubble } from './bubble';
import { type ChatItem, chatItems } from './items';
import classes from './messages.module.css';
import { PendingBubble } from './pending-bubble';

/** Older messages are asked for this far from the top. */
const nearTopPx = 200;

export function Messages({ customer: { name, visit } }: { readonly customer: PlayedCustomer }) {
  const texts = useTexts();
  const { entries, hasOlder, isLoaded, isLoadingOlder } = useStore(visit.history);
  const pending = useStore(visit.pending);
  const items = useMemo(() => chatItems(entries, pending, hasOlder), [entries, pending, hasOlder]);
  // Upside down: whoever is at the end stays there, and what comes above moves nothing.
  const follow = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: { currentTarget: HTMLElement }): void => {
    if (hasOlder && scrollHeight - clientHeight + scrollTop < nearTopPx) void visit.loadOlder();
  };
  return (
    <div className={classes.scroller} onScroll={follow} tabIndex={0} role="log" aria-label={texts.messages(name)} data-chat>
      <div className={classes.items}>
        {hasOlder && (
          <button type="button" className="quiet" disabled={isLoadingOlder} onClick={() => void visit.loadOlder()}>
            {isLoadingOlder ? texts.loading : texts.older}
          </button>
        )}
        {items.length === 0 && (
          <div className={classes.empty}>
            {isLoaded ? (
              <>
                <p>{texts.empty}</p>
                <p>{texts.emptyHint}</p>
              </>
            ) : (
              <p>{texts.loading}</p>
            )}
          </div>
        )}
        {items.map((item) => (
          <Item key={item.key} item={item} visit={visit} />
        ))}
      </div>
    </div>
  );
}

function Item({ item, visit }: { readonly item: ChatItem; readonly visit: PlayedCustomer['visit'] }) {
  const texts = useTexts();
  const times = useTimes();
  switch (item.kind) {
    case 'day':
      return <p className={classes.day}>{times.day(item.at)}</p>;
    case 'begins':
    case 'closed':
      return (
        <p className={classes.event} data-event={item.kind}>
          {item.kind === 'begins' ? texts.begins : texts.closed} · <time dateTime={item.at}>{times.time(item.at)}</time>
        </p>
      );
    case 'message':
      return <Bubble entry={item.entry} startsGroup={item.startsGroup} links={visit.fileLinks} />;
    case 'pending':
      return <PendingBubble pending={item.pending} visit={visit} />;
  }
}
