import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { IconRefresh, IconWifiOff } from '../ui/icons';
import { useNow } from '../ui/now';
import { useStore } from '../ui/use-store';
import classes from './connection-banner.module.css';

/** A moment without connection is nobody's worry. */
const patienceMs = 1_500;

/** What of the screen is not to be believed, and what becomes of what is sent. Nothing when all is well. */
export function ConnectionBanner() {
  const { t } = useTranslation('shell');
  const { connection, outbox } = useRelevo();
  const { status, since, stale } = useStore(connection);
  const pending = useStore(outbox).filter(({ state }) => state !== 'refused').length;
  const isOver = useNow((now) => now - since > patienceMs);

  if (status === 'live' || status === 'signed-out') {
    return stale && isOver ? (
      <p className={classes.banner} data-state="reloading" role="status">
        <IconRefresh size={15} className={classes.turning} aria-hidden />
        {t('reloading')}
      </p>
    ) : null;
  }
  if (status === 'connecting' && !isOver) return null;
  return (
    <p className={classes.banner} data-state={status} role="status">
      <IconWifiOff size={15} aria-hidden />
      {pending > 0 ? t('offlinePending', { count: pending }) : t('offline')}
    </p>
  );
}
