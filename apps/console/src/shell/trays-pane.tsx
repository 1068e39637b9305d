import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { Trays } from '../trays/trays';
import { FloatsIn } from '../ui/floats-in';
import { Logo } from '../ui/logo';
import { useStore } from '../ui/use-store';
import { AccountMenu } from './account-menu';
import classes from './trays-pane.module.css';

interface Props {
  readonly onChosen?: () => void;
  /** Makes it wider, where it stands beside others. */
  readonly handle?: ReactNode;
}

export function TraysPane({ onChosen, handle }: Props) {
  const { t } = useTranslation('shell');
  const { t: common } = useTranslation('common');
  const { directory } = useRelevo();
  const workspace = useStore(directory.workspace);
  return (
    <section className={classes.pane} aria-label={t('trays')} id="trays">
      <header className={classes.header}>
        <Logo size={24} />
        <span className={classes.company}>{workspace?.name ?? common('appName')}</span>
      </header>
      <FloatsIn pane="trays">
        <Trays onChosen={onChosen} />
        <footer className={classes.footer}>
          <AccountMenu />
        </footer>
      </FloatsIn>
      {handle}
    </section>
  );
}
