import { fileLimits } from '@relevo/client';
import { useTranslation } from 'react-i18next';
import classes from './tray.module.css';
import { UploadRow } from './upload-row';
import type { ChosenFiles } from './use-chosen-files';

/** What was chosen for the next message, and why it cannot go where it cannot. */
export function Tray({ chosen: { files, leftOut, isBlocked } }: { readonly chosen: ChosenFiles }) {
  const { t } = useTranslation('files');
  return (
    <>
      {files.length > 0 && (
        <ul className={classes.tray} aria-label={t('tray')}>
          {files.map((upload) => (
            <li key={upload.id}>
              <UploadRow upload={upload} isRemovable />
            </li>
          ))}
        </ul>
      )}
      {leftOut > 0 && (
        <p className={classes.notice} data-alarm role="alert">
          {t('tooMany', { count: leftOut, most: fileLimits.perMessage })}
        </p>
      )}
      {isBlocked && (
        <p className={classes.notice} data-alarm role="status">
          {t('blocked')}
        </p>
      )}
    </>
  );
}
