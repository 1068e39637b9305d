import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddresses } from '../filters/use-view';
import { useSay } from '../session/use-say';
import type { Outcome } from './outcome';
import classes from './outcome-line.module.css';

/** Why it is not sent, or not yet, and where to go instead. */
export function OutcomeLine({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useTranslation('outbound');
  const say = useSay();
  const { of } = useAddresses();
  switch (outcome?.kind) {
    case undefined:
      return null;
    case 'waiting':
      return (
        <p className={classes.waiting} role="status">
          {t(outcome.isOffline ? 'offline' : 'waiting')}
        </p>
      );
    case 'active':
      return (
        <p className={classes.refused} role="alert">
          {outcome.conversationId === null ? (
            t('activeElsewhere')
          ) : (
            <>
              {t('active')} <Link to={of(outcome.conversationId)}>{t('openActive')}</Link>
            </>
          )}
        </p>
      );
    case 'failed':
      return (
        <p className={classes.refused} role="alert">
          {t('failed', { reason: say(outcome.code) })}
        </p>
      );
    case 'blocked':
    case 'notOnChannel':
      return (
        <p className={classes.refused} role="alert">
          {t(outcome.kind)}
        </p>
      );
  }
}
