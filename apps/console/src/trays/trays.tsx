import { SegmentedControl } from '@mantine/core';
import type { ListTray } from '@relevo/contracts';
import { type ComponentType, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../filters/use-view';
import { firstView, narrowing, type Standing, standings, trays, type View } from '../filters/view';
import { useCounts } from '../session/use-directory';
import { IconAt, IconInbox, IconMessages, IconRobot, IconUser, IconUsers } from '../ui/icons';
import { PlaceButton } from './place-button';
import { TrayFilters } from './tray-filters';
import classes from './trays.module.css';

const icons: Readonly<Record<ListTray, ComponentType<{ size: number; stroke: number }>>> = {
  mine: IconUser,
  unassigned: IconInbox,
  agents: IconUsers,
  bot: IconRobot,
  all: IconMessages,
};

/** `onChosen`: on a narrow screen the list comes in place of the trays. */
export function Trays({ onChosen }: { readonly onChosen?: () => void }) {
  const { t } = useTranslation('trays');
  const [view, change] = useView();
  const counts = useCounts();
  const { mineUnread = 0, mentioned = 0 } = counts ?? {};

  /** Whoever went from their own tray to what is closed or outbound, which are of all, comes back to it. */
  const cameFromOwn = useRef(false);

  const choose = (place: Partial<View>): void => {
    cameFromOwn.current = false;
    // Who goes elsewhere has done with searching.
    change({ mentioned: undefined, q: undefined, ...place });
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
        {trays.map((tray) => (
          <li key={tray}>
            <PlaceButton
              tray={tray}
              icon={icons[tray]}
              name={t(tray)}
              isChosen={view.tray === tray && view.mentioned === undefined && view.q === undefined}
              onChoose={() => choose({ tray })}
              waiting={tray === 'mine' ? { count: mineUnread, words: t('mineUnread', { count: mineUnread }) } : undefined}
              // Counted is what is active.
              count={tray === 'all' || view.standing === 'closed' || view.standing === 'all' ? undefined : counts?.[tray]}
            />
          </li>
        ))}
        <li>
          <PlaceButton
            tray="mentions"
            icon={IconAt}
            name={t('mentions')}
            isChosen={view.mentioned === true && view.q === undefined}
            // Closed ones too, whatever was chosen before.
            onChoose={() => choose({ mentioned: true, standing: 'active' })}
            waiting={{ count: mentioned, words: t('unseenMentions', { count: mentioned }) }}
          />
        </li>
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
