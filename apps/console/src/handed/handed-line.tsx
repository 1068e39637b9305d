import { useTranslation } from 'react-i18next';
import { IconTransfer } from '../ui/icons';
import type { Handover } from './handed';
import classes from './handed-line.module.css';

/** Who transferred it, and how what they wrote with it begins. */
export function HandedLine({ handover: { byName, toTeam, note } }: { readonly handover: Handover }) {
  const { t } = useTranslation('handed');
  return (
    <span className={classes.line} data-handed>
      <IconTransfer className={classes.icon} size={14} stroke={2} aria-hidden />
      <span className={classes.words}>
        <span className={classes.who}>{t(toTeam ? 'toTeam' : 'toYou', { name: byName })}</span>
        {note !== '' && `: ${note}`}
      </span>
    </span>
  );
}
