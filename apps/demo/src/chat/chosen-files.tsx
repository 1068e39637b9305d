import type { Upload } from '@relevo/client';
import { useTexts } from '../i18n/language-provider';
import classes from './composer.module.css';

interface Props {
  readonly files: readonly Upload[];
  readonly onRemove: (uploadId: string) => void;
}

/** What goes with the next message. */
export function ChosenFiles({ files, onRemove }: Props) {
  const texts = useTexts();
  if (files.length === 0) return null;
  return (
    <ul className={classes.chosen} aria-label={texts.chosen}>
      {files.map(({ id, name, voice, state, progress }) => (
        <li key={id} data-state={state} data-upload={name}>
          <span dir="auto">{voice ? texts.voice : name}</span>
          {state === 'uploading' && <span>{Math.floor(progress * 100)} %</span>}
          {state === 'refused' && <span role="alert">· {texts.fileRefused}</span>}
          <button type="button" className="quiet" aria-label={texts.removeFile(voice ? texts.voice : name)} onClick={() => onRemove(id)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}
