import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { CustomerView } from '@relevo/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../session/code-of';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { IconAlertTriangle, IconArrowsLeftRight, IconGitMerge } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { FactsTable } from './facts-table';
import classes from './merge-review.module.css';

interface Props {
  readonly one: CustomerView;
  /** As they were found. */
  readonly other: CustomerView;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Both side by side, who stays, and what will happen; then it is done or not. */
export function MergeReview({ one, other: found, onBack, onDone }: Props) {
  const { t } = useTranslation('merging');
  const { t: common } = useTranslation('common');
  const relevo = useRelevo();
  const say = useSay();
  const other = useStore(relevo.customer(found.id)).customer ?? found;
  const [staysOne, setStaysOne] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const [stays, goes] = staysOne ? [one, other] : [other, one];
  const nameOf = ({ name }: CustomerView): string => name || common('unnamedCustomer');
  const names = { stays: nameOf(stays), goes: nameOf(goes) };

  const merge = async (): Promise<void> => {
    setBusy(true);
    setReason(null);
    try {
      const merged = await relevo.customerCommands.merge(goes.id, stays.id);
      notifications.show({ message: t('merged', { name: nameOf(merged) }) });
      onDone();
    } catch (error) {
      const code = codeOf(error);
      setReason(code === 'RULE_VIOLATED' ? t('busy') : t('failed', { reason: say(code) }));
      setBusy(false);
    }
  };
  return (
    <div className={classes.review}>
      <div className={classes.head}>
        <h3 className={classes.question}>{t('question')}</h3>
        <Button variant="subtle" leftSection={<IconArrowsLeftRight size={15} />} disabled={isBusy} onClick={() => setStaysOne(!staysOne)}>
          {t('swap')}
        </Button>
      </div>
      <FactsTable stays={stays} goes={goes} />
      <ul className={classes.happens}>
        <li>{t('happens', names)}</li>
        <li>{t('happensConversations')}</li>
        <li>{t('happensData', names)}</li>
        {(stays.blocked || goes.blocked) && <li className={classes.warning}>{t('happensBlocked')}</li>}
      </ul>
      <p className={classes.forever}>
        <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
        {t('happensForever')}
      </p>
      {reason !== null && (
        <p className={classes.refused} role="alert">
          {reason}
        </p>
      )}
      <div className={classes.buttons}>
        <Button size="sm" variant="default" disabled={isBusy} onClick={onBack} autoFocus>
          {t('back')}
        </Button>
        <Button size="sm" leftSection={<IconGitMerge size={16} />} loading={isBusy} onClick={() => void merge()}>
          {t('merge')}
        </Button>
      </div>
    </div>
  );
}
