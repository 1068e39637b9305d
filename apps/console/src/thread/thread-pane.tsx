import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Composer } from '../composer/composer';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { EmptyState } from '../ui/empty-state';
import { IconAlertTriangle, IconSearch } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { Thread } from './thread';
import { ThreadHeader } from './thread-header';
import classes from './thread-pane.module.css';
import { useMarkRead } from './use-mark-read';

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
  const { conversation, isLoading, error } = useStore(relevo.conversation(conversationId));
  const timeline = relevo.timeline(conversationId);
  const { entries, hasNewer } = useStore(timeline);
  const seenSeq = entries.at(-1)?.seq ?? 0;
  useMarkRead(conversation, hasNewer ? 0 : seenSeq);

  if (!conversation) {
    if (isLoading) return <Loader className={classes.loader} size="sm" />;
    if (error?.code === 'NOT_FOUND') return <EmptyState icon={<IconSearch size={26} />} title={t('gone')} hint={t('goneHint')} />;
    return <EmptyState icon={<IconAlertTriangle size={26} />} title={t('failed')} hint={error ? say(error.code) : undefined} />;
  }
  return (
    <>
      <ThreadHeader conversation={conversation} onBack={onBack} onToggleCustomer={onToggleCustomer} isCustomerShown={isCustomerShown} />
      <Thread key={conversationId} conversation={conversation} timeline={timeline} />
      <Composer key={`composer-${conversationId}`} conversation={conversation} seenSeq={seenSeq} />
    </>
  );
}
