import { useTranslation } from 'react-i18next';
import { useSettings } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import classes from './composer.module.css';
import type { Mode } from './drafts';

interface Props {
  readonly mode: Mode;
  /** Code points above the limit; below it when negative. */
  readonly tooMany: number;
  /** Ids of whom the note calls. */
  readonly named: readonly string[];
}

const hints = { message: { enter: 'hintEnter', 'ctrl-enter': 'hintCtrlEnter' }, note: { enter: 'noteHintEnter', 'ctrl-enter': 'noteHintCtrlEnter' } } as const;

/** What matters most of what is being written: that it is too long, whom it calls, or which key does what. */
export function ComposerHint({ mode, tooMany, named }: Props) {
  const { t, i18n } = useTranslation('composer');
  const { t: thread } = useTranslation('thread');
  const { sendKey } = useSettings();
  const { agents } = useDirectory();
  const names = new Intl.ListFormat(i18n.language).format(named.map((id) => agents.get(id)?.name ?? thread('unknownAgent')));
  if (tooMany > 0) return <span className={classes.over}>{t('tooLong', { count: tooMany })}</span>;
  if (named.length > 0) {
    return (
      <span className={classes.named} role="status">
        {t('notifies', { names })}
      </span>
    );
  }
  return <span className={classes.hint}>{t(hints[mode][sendKey])}</span>;
}
