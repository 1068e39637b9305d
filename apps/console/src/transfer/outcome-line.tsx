import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameOf } from './targets';
import classes from './transfer-form.module.css';
import type { Outcome } from './use-transfer';

interface Props {
  readonly outcome: Outcome;
  readonly isBusy: boolean;
  readonly onInsist: () => void;
}

/** Why it was not handed over, and what can be done about it. */
export function OutcomeLine({ outcome, isBusy, onInsist }: Props) {
  const { t } = useTranslation('transfer');
  if (outcome === null) return null;
  if (outcome.kind === 'refused') {
    return (
      <p className={classes.refused} role="alert">
        {t('failed', { reason: outcome.reason })}
      </p>
    );
  }
  const target = nameOf(outcome.target);
  const absence = outcome.status === 'away' || outcome.status === 'offline' ? t(outcome.status, { target }) : t('unavailable', { target });
  return (
    <div className={classes.absent} role="alert">
      <p className={classes.absentWords}>
        <strong>{absence}</strong>
        {t('unavailableHint')}
      </p>
      <Button size="sm" color="yellow.8" autoContrast loading={isBusy} onClick={onInsist} autoFocus>
        {t('anyway')}
      </Button>
    </div>
  );
}
