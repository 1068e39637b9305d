import { Kbd, Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { speak } from '../i18n/i18n';
import { languageNames, languages } from '../i18n/language';
import { NotificationsMenu } from '../notifications/notifications-menu';
import { codeOf } from '../session/code-of';
import { useMe, useRelevo, useSettings } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { sheetWanted } from '../shortcuts/sheet-wanted';
import { Avatar } from '../ui/avatar';
import { IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSettings, IconSun } from '../ui/icons';
import classes from './account-menu.module.css';

const schemes = ['light', 'dark', 'auto'] as const;
const sendKeys = ['enter', 'ctrl-enter'] as const;
const readMarks = ['open', 'reply'] as const;
const choices = ['online', 'away'] as const;

/** Who I am here: my status, my language, my habits, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation('shell');
  const { t: common, i18n } = useTranslation('common');
  const { t: shortcuts } = useTranslation('shortcuts');
  const relevo = useRelevo();
  const me = useMe();
  const settings = useSettings();
  const say = useSay();
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  const attempt = (task: Promise<unknown>): void => {
    task.catch((error: unknown) => notifications.show({ color: 'red', message: say(codeOf(error)) }));
  };

  return (
    <Menu position="top-start" width={248} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.me}>
          <VisuallyHidden>{`${t('account')}: `}</VisuallyHidden>
          <span className={classes.face}>
            <Avatar id={me.id} name={me.name} size={28} />
            <span className={classes.status} data-status={me.status} />
          </span>
          <span className={classes.names}>
            <span className={classes.name}>{me.name}</span>
            <span className={classes.state}>{common(me.status)}</span>
          </span>
          <IconSettings size={16} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('status')}</Menu.Label>
        {choices.map((status) => (
          <Menu.RadioItem key={status} value={status} checked={me.status === status} rightSection={<span className={classes.dot} data-status={status} />} onChange={() => attempt(relevo.own.setStatus(status))}>
            {common(status)}
            {status === 'away' && <span className={classes.hint}>{t('awayHint')}</span>}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconSettings size={15} />}>{t('preferences')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <Menu.Label>{t('sendKey')}</Menu.Label>
            {sendKeys.map((sendKey) => (
              <Menu.RadioItem key={sendKey} value={sendKey} checked={settings.sendKey === sendKey} onChange={() => attempt(relevo.own.changeSettings({ sendKey }))}>
                {t(sendKey === 'enter' ? 'sendWithEnter' : 'sendWithCtrlEnter')}
              </Menu.RadioItem>
            ))}
            <Menu.Label>{t('markRead')}</Menu.Label>
            {readMarks.map((markReadOn) => (
              <Menu.RadioItem key={markReadOn} value={markReadOn} checked={settings.markReadOn === markReadOn} onChange={() => attempt(relevo.own.changeSettings({ markReadOn }))}>
                {t(markReadOn === 'open' ? 'markReadOnOpen' : 'markReadOnReply')}
              </Menu.RadioItem>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <NotificationsMenu attempt={attempt} />
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconLanguage size={15} />}>{common('language')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {languages.map((language) => (
              <Menu.RadioItem
                key={language}
                lang={language}
                value={language}
                checked={i18n.language === language}
                onChange={() => {
                  void speak(language);
                  attempt(relevo.own.changeSettings({ locale: language }));
                }}
              >
                {languageNames[language]}
              </Menu.RadioItem>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={colorScheme === 'dark' ? <IconMoon size={15} /> : <IconSun size={15} />}>{common('theme')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {schemes.map((scheme) => (
              <Menu.RadioItem key={scheme} value={scheme} checked={colorScheme === scheme} onChange={() => setColorScheme(scheme)}>
                {common(scheme === 'auto' ? 'automatic' : scheme)}
              </Menu.RadioItem>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Item leftSection={<IconKeyboard size={15} />} rightSection={<Kbd size="xs">?</Kbd>} onClick={() => sheetWanted.send()}>
          {shortcuts('title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => attempt(relevo.logout())}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
