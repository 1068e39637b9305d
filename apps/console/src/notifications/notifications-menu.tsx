import { Menu } from '@mantine/core';
import type { ChangeNotifications } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useRelevo, useSettings } from '../session/relevo-context';
import { IconBell } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { chime } from './chime';
import { askPermission, permission } from './desktop';
import classes from './notifications-menu.module.css';

interface Props {
  readonly attempt: (task: Promise<unknown>) => void;
}

const topics = ['messages', 'mentions', 'queue'] as const;

/** How and of what an agent is told, and what the browser allows of it. Its permission is asked for by a click here alone. */
export function NotificationsMenu({ attempt }: Props) {
  const { t } = useTranslation('notifications');
  const relevo = useRelevo();
  const { notifications: wanted } = useSettings();
  const allowed = useStore(permission);
  const change = (notifications: ChangeNotifications): void => attempt(relevo.own.changeSettings({ notifications }));

  const changeDesktop = async (isWanted: boolean): Promise<void> => {
    if (isWanted && (await askPermission()) !== 'granted') return;
    change({ desktop: isWanted });
  };

  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconBell size={15} />}>{t('title')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown className={classes.menu}>
        <Menu.Label>{t('how')}</Menu.Label>
        <Menu.CheckboxItem checked={wanted.desktop && allowed === 'granted'} onChange={(isWanted) => void changeDesktop(isWanted)}>
          {t('desktop')}
          <span className={classes.state} data-permission={allowed}>
            {t(allowed)}
          </span>
        </Menu.CheckboxItem>
        <Menu.CheckboxItem
          checked={wanted.sound}
          onChange={(sound) => {
            if (sound) void chime();
            change({ sound });
          }}
        >
          {t('sound')}
        </Menu.CheckboxItem>
        <Menu.Label>{t('what')}</Menu.Label>
        {topics.map((topic) => (
          <Menu.CheckboxItem key={topic} checked={wanted[topic]} onChange={(isWanted) => change({ [topic]: isWanted })}>
            {t(topic)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
