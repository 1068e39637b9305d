import type { Handover } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '../session/use-directory';
import { IconTransfer } from '../ui/icons';
import classes from './handed-line.module.css';

interface Props {
  readonly handover: Handover;
  /** Where it waits for whoever of the team takes it. */
  readonly toTeam: boolean;
}

/** Who transferred it, and how what they wrote with it begins. */
export function HandedLine({ handover: { by, note }, toTeam }: Props) {
  const { t } = useTranslation('handed');
  const { t: thread } = useTranslation('thread');
  const { agents } = useDirectory();
  const name = agents.get(by)?.name ?? thread('unknownAgent');
  return (
    <span className={classes.line} data-handed>
      <IconTransfer className={classes.icon} size={14} stroke={2} aria-hidden />
      <span className={classes.words}>
        <span className={classes.who}>{t(toTeam ? 'toTeam' : 'toYou', { name })}</span>
        {note !== undefined && `: ${note}`}
      </span>
    </span>
  );
}
