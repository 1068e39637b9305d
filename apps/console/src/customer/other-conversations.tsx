import { Button } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddresses } from '../filters/use-view';
import { useWhen } from '../i18n/use-when';
import { useLastWords } from '../list/use-last-words';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { useStore } from '../ui/use-store';
import classes from './customer-panel.module.css';

/** Rows that are shown at first, and how many more each time. */
const step = 8;

/** What else this customer wrote about, active and closed, as far as the agent may see it; what moved last on top. */
export function OtherConversations({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('customer');
  const relevo = useRelevo();
  const say = useSay();
  const customerId = conversation.customer.id;
  const list = useMemo(() => relevo.list({ customerId, tray: 'all', status: 'all', sort: 'activity' }), [relevo, customerId]);
  const { rows, hasMore, isLoading, isLoadingMore, error } = useStore(list);
  const [shown, setShown] = useState(step);
  const others = rows.map((row) => row.conversation).filter(({ id }) => id !== conversation.id);

  const showMore = (): void => {
    setShown(shown + step);
    if (hasMore && shown + step > others.length) list.loadMore();
  };
  return (
    <section className={classes.section} aria-label={t('conversations')}>
      <h3 className={classes.heading}>{t('conversations')}</h3>
      {others.length === 0 && !isLoading && <p className={classes.nothing}>{error ? say(error.code) : t('noOthers')}</p>}
      <ul className={classes.others}>
        {others.slice(0, shown).map((other) => (
          <Other key={other.id} conversation={other} />
        ))}
      </ul>
      {(hasMore || others.length > shown) && (
        <Button variant="subtle" fullWidth loading={isLoadingMore} onClick={showMore}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function Other({ conversation }: { readonly conversation: ConversationView }) {
  const { t: list } = useTranslation('list');
  const when = useWhen();
  const lastWords = useLastWords();
  const { of } = useAddresses();
  const { id, number, status, lastInteractionAt, lastMessage } = conversation;
  return (
    <li>
      <Link to={of(id)} className={classes.other} data-other={id}>
        <span className={classes.otherHead}>
          <span>{list('number', { number })}</span>
          <span>{status === 'closed' ? list('closed') : ''}</span>
          <time dateTime={lastInteractionAt}>{when.short(lastInteractionAt)}</time>
        </span>
        <span className={classes.otherText}>{lastWords(lastMessage)}</span>
      </Link>
    </li>
  );
}
