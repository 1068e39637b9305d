import { Button, Loader, UnstyledButton } from '@mantine/core';
import type { CustomerView } from '@relevo/contracts';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { IconChevronRight, IconHistory } from '../ui/icons';
import { useStore } from '../ui/use-store';
import classes from './history.module.css';
import { HistoryEntry } from './history-entry';

/** What happened to a customer; asked for when somebody wants to see it. */
export function CustomerHistory({ customer }: { readonly customer: CustomerView }) {
  const { t } = useTranslation('history');
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <section className={classes.section} aria-label={t('title')}>
      <h3 className={classes.heading}>
        <UnstyledButton ref={opener} className={classes.opener} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          <IconHistory size={15} stroke={1.7} aria-hidden />
          {t('title')}
          <IconChevronRight className={classes.chevron} size={15} aria-hidden />
        </UnstyledButton>
      </h3>
      <div id={id} hidden={!isOpen}>
        {isOpen && <Entries customer={customer} onReverted={() => opener.current?.focus()} />}
      </div>
    </section>
  );
}

function Entries({ customer, onReverted }: { readonly customer: CustomerView; readonly onReverted: () => void }) {
  const { t } = useTranslation('history');
  const say = useSay();
  const history = useRelevo().customerHistory(customer.id);
  const { entries, hasMore, isLoading, isLoadingMore, error } = useStore(history);
  if (entries.length === 0) return isLoading && !error ? <Loader size="xs" /> : <p className={classes.nothing}>{error ? `${t('failed')}. ${say(error.code)}` : t('empty')}</p>;
  return (
    <>
      <ol className={classes.entries}>
        {entries.map((entry) => (
          <HistoryEntry key={entry.seq} customer={customer} entry={entry} onReverted={onReverted} />
        ))}
      </ol>
      {hasMore && (
        <Button variant="subtle" fullWidth loading={isLoadingMore} onClick={() => history.loadMore()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
