import { memo } from 'react';
import { useMe } from '../session/relevo-context';
import { Bubble } from './bubble';
import { EventLine } from './event-line';
import { PendingBubble } from './pending-bubble';
import { DaySeparator, UnreadSeparator } from './separators';
import type { ThreadItem } from './thread-items';
import { useAuthorName } from './use-author-name';

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
  const me = useMe();
  const nameOf = useAuthorName();
  const { kind, id } = entry.actor;

  return (
    <Bubble
      kind={entry.type}
      side={kind === 'customer' ? 'theirs' : 'ours'}
      author={{ id, name: nameOf(entry.actor) }}
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
