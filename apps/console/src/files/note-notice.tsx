import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { modeWanted } from '../composer/mode-wanted';
import classes from './tray.module.css';

interface Props {
  /** Chosen for the reply. */
  readonly count: number;
  /** Somebody just tried to put one into the note. */
  readonly wasTried: boolean;
}

/** Notes are text and mentions: files stay with the reply, and that is said where they were expected. */
export function NoteNotice({ count, wasTried }: Props) {
  const { t } = useTranslation('files');
  if (count === 0 && !wasTried) return null;
  return (
    <div className={classes.notice} role="status">
      {count > 0 ? t('waitInReply', { count }) : t('notInNotes')}
      <Button size="compact-xs" variant="default" onClick={() => modeWanted.send('message')}>
        {t('backToReply')}
      </Button>
    </div>
  );
}
