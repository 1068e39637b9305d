import { useTranslation } from 'react-i18next';
import { type Mode, modes } from './drafts';
import classes from './composer.module.css';

interface Props {
  readonly mode: Mode;
  readonly onChange: (mode: Mode) => void;
}

const words = { message: 'reply', note: 'note' } as const;

export function ModeTabs({ mode, onChange }: Props) {
  const { t } = useTranslation('composer');
  return (
    <div className={classes.tabs} role="tablist" aria-label={t('mode')}>
      {modes.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          className={classes.tab}
          aria-selected={mode === each}
          tabIndex={mode === each ? 0 : -1}
          onClick={() => onChange(each)}
          onKeyDown={({ key, currentTarget }) => {
            if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
            onChange(mode === 'message' ? 'note' : 'message');
            const other = currentTarget.nextElementSibling ?? currentTarget.previousElementSibling;
            if (other instanceof HTMLElement) other.focus();
          }}
        >
          {t(words[each])}
        </button>
      ))}
    </div>
  );
}
