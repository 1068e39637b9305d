import { SegmentedControl, UnstyledButton } from '@mantine/core';
import type { ListTray } from '@relevo/contracts';
import { type ComponentType, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../filters/use-view';
import { firstView, narrowing, type Standing, standings, trays } from '../filters/view';
import { useCounts } from '../session/use-directory';
import { IconInbox, IconMessages, IconRobot, IconUser, IconUsers } from '../ui/icons';
import { TrayFilters } from './tray-filters';
import classes from './trays.module.css';

const icons: Readonly<Record<ListTray, ComponentType<{ size: number; stroke: number }>>> = {
  mine: IconUser,
  unassigned: IconInbox,
  agents: IconUsers,
  bot: IconRobot,
  all: IconMessages,
};

/** Nobody counts further: the server does not either. */
const mostCounted = 999;
const shown = (count: number): string => (count > mostCounted ? `${mostCounted}+` : String(count));

/** `onChosen`: on a narrow screen the list comes in place of the trays. */
export function Trays({ onChosen }: { readonly onChosen?: () => void }) {
  const { t } = useTranslation('trays');
  const [view, change] = useView();
  const counts = useCounts();

  /** Whoever went from their own tray to what is closed or outbound, which are of all, comes back to it. */
  const cameFromOwn = useRef(false);

  const choose = (tray: ListTray): void => {
    cameFromOwn.current = false;
    // Who goes to a tray has done with searching.
    change({ tray, q: undefined });
    onChosen?.();
  };
  const chooseStanding = (standing: Standing): void => {
    const isLeft = standing !== 'active' && view.tray === firstView.tray;
    const isBack = standing === 'active' && view.tray === 'all' && cameFromOwn.current;
    if (isLeft || isBack) cameFromOwn.current = isLeft;
    change({ standing, ...(isLeft && { tray: 'all' as const }), ...(isBack && { tray: firstView.tray }) });
  };

  return (
    <nav className={classes.root} aria-label={t('title')}>
      <ul className={classes.trays}>
        {trays.map((tray) => {
          const Icon = icons[tray];
          // Counted is what is active.
          const count = tray === 'all' || view.standing === 'closed' || view.standing === 'all' ? undefined : counts?.[tray];
          return (
            <li key={tray}>
              <UnstyledButton className={classes.tray} data-tray={tray} aria-current={view.tray === tray && view.q === undefined ? 'true' : undefined} onClick={() => choose(tray)}>
                <Icon size={17} stroke={1.7} />
                <span className={classes.name}>{t(tray)}</span>
                {tray === 'mine' && counts !== null && counts.mineUnread > 0 && (
                  <span className={classes.unread} title={t('mineUnread', { count: counts.mineUnread })}>
                    {shown(counts.mineUnread)}
                  </span>
                )}
                {count !== undefined && <span className={classes.count}>{shown(count)}</span>}
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      <section className={classes.section} aria-label={t('status')}>
        <SegmentedControl
          fullWidth
          size="xs"
          withItemsBorders={false}
          classNames={{ root: classes.standings, control: classes.oneStanding }}
          aria-label={t('status')}
          value={view.standing}
          data={standings.map((value) => ({ value, label: t(value === 'all' ? 'whichever' : value) }))}
          onChange={chooseStanding}
        />
      </section>
      <TrayFilters view={view} change={change} narrowed={narrowing(view)} />
    </nav>
  );
}
