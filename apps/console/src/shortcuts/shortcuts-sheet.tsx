import { Kbd, Modal, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortcutNames, shortcuts } from './shortcuts';
import classes from './shortcuts-sheet.module.css';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Whoever dictates, or has keys pressed by accident, does without them (WCAG 2.1.4). */
  readonly areEnabled: boolean;
  readonly onEnable: (areEnabled: boolean) => void;
}

export function ShortcutsSheet({ isOpen, onClose, areEnabled, onEnable }: Props) {
  const { t } = useTranslation('shortcuts');
  const { t: common } = useTranslation('common');
  const lines = [...shortcutNames.map((name) => [t(name), shortcuts[name].toLocaleUpperCase()] as const), [t('leave'), 'Esc'] as const];
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('title')} size={480} radius="lg" yOffset="10vh" transitionProps={{ duration: 100 }} closeButtonProps={{ 'aria-label': common('close') }}>
      <dl className={classes.lines} data-off={areEnabled ? undefined : true}>
        {lines.map(([words, key]) => (
          <div key={key} className={classes.line}>
            <dt>{words}</dt>
            <dd>
              <Kbd>{key}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.hint}>{t('hint')}</p>
      <Switch size="sm" label={t('enabled')} checked={areEnabled} onChange={(event) => onEnable(event.currentTarget.checked)} />
    </Modal>
  );
}
