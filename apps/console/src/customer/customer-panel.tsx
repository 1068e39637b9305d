import { CloseButton, Skeleton, VisuallyHidden } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { attributeField, keyOf } from '../editing/fields';
import { CustomerHistory } from '../history/customer-history';
import { WriteToCustomer } from '../outbound/write-to-customer';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { EmptyState } from '../ui/empty-state';
import { IconAlertTriangle } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { Attributes } from './attributes';
import { ConversationFacts } from './conversation-facts';
import classes from './customer-panel.module.css';
import { OtherConversations } from './other-conversations';
import { Person } from './person';
import { useCustomer } from './use-customer';

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
  const say = useSay();
  const { store, customer, changed, error } = useCustomer(conversation.customer.id);
  return (
    <>
      <header className={classes.header}>
        <h2 className={classes.title}>{t('title')}</h2>
        <CloseButton aria-label={shell('hideCustomer')} onClick={onClose} />
      </header>
      <div className={classes.body} tabIndex={0} role="group" aria-label={t('title')}>
        {customer ? (
          <>
            <ChangesHeard changed={changed} />
            <Person customer={customer} store={store} />
            <WriteToCustomer customer={customer} conversation={conversation} />
            <Attributes customer={customer} store={store} />
          </>
        ) : error ? (
          <EmptyState icon={<IconAlertTriangle size={24} />} title={t('failed')} hint={say(error.code)} />
        ) : (
          <Skeleton height={120} m="md" />
        )}
        <ConversationFacts conversation={conversation} />
        <OtherConversations conversation={conversation} />
        {customer && <CustomerHistory key={customer.id} customer={customer} />}
      </div>
    </>
  );
}

/** For who hears the screen: what others changed, as it comes. */
function ChangesHeard({ changed }: { readonly changed: readonly string[] }) {
  const { t } = useTranslation('customer');
  const { t: editing } = useTranslation('editing');
  const definitions = useStore(useRelevo().directory.attributes);
  const labelOf = (id: string): string => {
    const key = keyOf(id);
    return key === null ? t(id as 'name' | 'blocked' | 'affinityAgentId') : attributeField(key, definitions).label;
  };
  return (
    <VisuallyHidden role="status">{changed.length > 0 && editing('changedNow', { fields: changed.map(labelOf).join(', ') })}</VisuallyHidden>
  );
}
