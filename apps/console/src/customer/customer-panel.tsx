import { CloseButton, Skeleton } from '@mantine/core';
import type { ConversationView, CustomerView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { useSay } from '../session/use-say';
import { Avatar } from '../ui/avatar';
import { EmptyState } from '../ui/empty-state';
import { IconAlertTriangle } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { Attributes } from './attributes';
import { ConversationFacts } from './conversation-facts';
import classes from './customer-panel.module.css';
import { OtherConversations } from './other-conversations';

interface Props {
  readonly conversationId: string;
  readonly onClose: () => void;
}

/** Whom one talks to. */
export function CustomerPanel({ conversationId, onClose }: Props) {
  const relevo = useRelevo();
  const { conversation } = useStore(relevo.conversation(conversationId));
  return conversation && <OfConversation key={conversation.customer.id} conversation={conversation} onClose={onClose} />;
}

function OfConversation({ conversation, onClose }: { readonly conversation: ConversationView; readonly onClose: () => void }) {
  const { t } = useTranslation('customer');
  const { t: shell } = useTranslation('shell');
  const relevo = useRelevo();
  const say = useSay();
  const { customer, error } = useStore(relevo.customer(conversation.customer.id));
  return (
    <>
      <header className={classes.header}>
        <h2 className={classes.title}>{t('title')}</h2>
        <CloseButton aria-label={shell('hideCustomer')} onClick={onClose} />
      </header>
      <div className={classes.body} tabIndex={0} role="group" aria-label={t('title')}>
        {customer ? (
          <>
            <Person customer={customer} />
            <Attributes customer={customer} />
          </>
        ) : error ? (
          <EmptyState icon={<IconAlertTriangle size={24} />} title={t('failed')} hint={say(error.code)} />
        ) : (
          <Skeleton height={120} m="md" />
        )}
        <ConversationFacts conversation={conversation} />
        <OtherConversations conversation={conversation} />
      </div>
    </>
  );
}

function Person({ customer }: { readonly customer: CustomerView }) {
  const { t } = useTranslation('customer');
  const { t: common } = useTranslation('common');
  const { channels, agents } = useDirectory();
  const { id, name, identities, affinityAgentId, blocked } = customer;
  const shown = name || common('unnamedCustomer');
  return (
    <section className={classes.person}>
      <Avatar id={id} name={shown} size={48} />
      <div className={classes.personNames}>
        <p className={classes.name}>{shown}</p>
        <p className={classes.identities}>{identities.map(({ channelId, externalId }) => `${channels.get(channelId)?.name ?? ''} ${externalId}`.trim()).join(' · ')}</p>
        {affinityAgentId !== null && <p className={classes.identities}>{t('affinity', { name: agents.get(affinityAgentId)?.name ?? '' })}</p>}
        {blocked && <p className={classes.blocked}>{t('blocked')}</p>}
      </div>
    </section>
  );
}
