import { useTranslation } from 'react-i18next';
import { useWhen } from '../i18n/use-when';
import classes from './separators.module.css';

export function DaySeparator({ at }: { readonly at: string }) {
  const when = useWhen();
  return (
    <p className={classes.day} data-day>
      <span>{when.day(at)}</span>
    </p>
  );
}

export function UnreadSeparator() {
  const { t } = useTranslation('thread');
  return (
    <p className={classes.unread} data-unread-line>
      <span>{t('unreadFrom')}</span>
    </p>
  );
}
