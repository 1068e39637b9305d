import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';
import { Bubble } from './bubble';
import { EventLine } from './event-line';
import { PendingBubble } from './pending-bubble';
import { DaySeparator, UnreadSeparator } from './separators';
import type { ThreadItem, WrittenEntry } from './thread-items';

interface Props {
  readonly item: ThreadItem;
  /** Of the last entry that is shown. */
  readonly lastSeq: number;
}

export const ThreadRow = memo(function ThreadRow({ item, lastSeq }: Props) {
  switch (item.kind) {
    case 'day':
      return <DaySeparator at={item.at} />;
    case 'unread':
      return <UnreadSeparator />;
    case 'happened':
      return <EventLine entry={item.entry} />;
    case 'pending':
      return <PendingBubble pending={item.pending} lastSeq={lastSeq} />;
    case 'written':
      return <Written {...item} />;
  }
});

function Written({ entry, startsGroup, delivery }: Extract<ThreadItem, { kind: 'written' }>) {
  const { t } = useTranslation('common');
  const me = useMe();
  const { kind, id, name } = entry.actor;
  const author = { id, name: kind === 'agent' && id === me.id ? t('you') : nameOf(entry, name) };

  function nameOf({ actor }: WrittenEntry, given: string): string {
    if (actor.kind === 'customer') return given || t('unnamedCustomer');
    return actor.kind === 'agent' ? given : given || t(actor.kind);
  }

  return (
    <Bubble
      kind={entry.type}
      side={kind === 'customer' ? 'theirs' : 'ours'}
      author={author}
      startsGroup={startsGroup}
      isOwn={kind === 'agent' && id === me.id}
      text={entry.data.text}
      mentions={entry.type === 'note' ? entry.data.mentions : undefined}
      at={entry.at}
      attachments={entry.type === 'message' ? entry.data.attachments : []}
      delivery={delivery}
    />
  );
}
