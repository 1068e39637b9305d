import { Loader } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Composer } from '../composer/composer';
import { maySend } from '../actions/applicable';
import { DropZone } from '../files/drop-zone';
import { ViewerProvider } from '../files/viewer-provider';
import { useAt } from '../filters/use-view';
import { useSeeMentions } from '../mentions/use-see-mentions';
import { useMe, useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { EmptyState } from '../ui/empty-state';
import { IconAlertTriangle, IconSearch } from '../ui/icons';
import { Signal } from '../ui/signal';
import { useStore } from '../ui/use-store';
import { JumpToDay } from './jump-to-day';
import { Thread } from './thread';
import { ThreadHeader } from './thread-header';
import classes from './thread-pane.module.css';

interface Props {
  readonly conversationId: string;
  /** On a narrow screen: back to the list. */
  readonly onBack?: () => void;
  readonly onToggleCustomer: () => void;
  readonly isCustomerShown: boolean;
}

export function ThreadPane({ conversationId, onBack, onToggleCustomer, isCustomerShown }: Props) {
  const { t } = useTranslation('thread');
  const say = useSay();
  const relevo = useRelevo();
  const me = useMe();
  const { conversation, isLoading, error } = useStore(relevo.conversation(conversationId));
  const at = useAt();
  const timeline = relevo.timeline(conversationId, at ?? 'end');
  const { entries, reachedSeq: seenSeq } = useStore(timeline);
  const places = useMemo(() => new Signal<number | 'end'>(), []);
  useSeeMentions(conversation, entries);

  if (!conversation) {
    if (isLoading) return <Loader className={classes.loader} size="sm" />;
    if (error?.code === 'NOT_FOUND') return <EmptyState icon={<IconSearch size={26} />} title={t('gone')} hint={t('goneHint')} />;
    return <EmptyState icon={<IconAlertTriangle size={26} />} title={t('failed')} hint={error ? say(error.code) : undefined} />;
  }
  return (
    <>
      <ThreadHeader conversation={conversation} onBack={onBack} onToggleCustomer={onToggleCustomer} isCustomerShown={isCustomerShown}>
        <JumpToDay key={conversationId} conversation={conversation} timeline={timeline} onFound={(seq) => places.send(seq)} />
      </ThreadHeader>
      <DropZone key={conversationId} isOpen={conversation.status === 'active' && maySend(conversation, me)}>
        <ViewerProvider timeline={timeline}>
          <Thread conversation={conversation} timeline={timeline} places={places} at={at} />
        </ViewerProvider>
        <Composer conversation={conversation} seenSeq={seenSeq} />
      </DropZone>
    </>
  );
}
