import type { ConversationView } from '@relevo/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddresses } from '../filters/use-view';
import { useWhen } from '../i18n/use-when';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import classes from './customer-panel.module.css';

/** What else this customer wrote about, the active and the closed. */
export function OtherConversations({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('customer');
  const { t: list } = useTranslation('list');
  const relevo = useRelevo();
  const customerId = conversation.customer.id;
  const active = useStore(useMemo(() => relevo.list({ customerId, tray: 'all', sort: 'activity' }), [relevo, customerId]));
  const closed = useStore(useMemo(() => relevo.list({ customerId, tray: 'all', status: 'closed', sort: 'activity' }), [relevo, customerId]));
  const when = useWhen();
  const { of } = useAddresses();
  const others = [...active.rows, ...closed.rows].map((row) => row.conversation).filter(({ id }) => id !== conversation.id);
  return (
    <section className={classes.section} aria-label={t('conversations')}>
      <h3 className={classes.heading}>{t('conversations')}</h3>
      {others.length === 0 && !active.isLoading && !closed.isLoading && <p className={classes.nothing}>{t('noOthers')}</p>}
      <ul className={classes.others}>
        {others.map(({ id, number, status, lastInteractionAt, lastMessage }) => (
          <li key={id}>
            <Link to={of(id)} className={classes.other}>
              <span className={classes.otherHead}>
                <span>{list('number', { number })}</span>
                <span>{status === 'closed' ? list('closed') : ''}</span>
                <time dateTime={lastInteractionAt}>{when.short(lastInteractionAt)}</time>
              </span>
              <span className={classes.otherText}>{lastMessage?.text || list('noMessages')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
