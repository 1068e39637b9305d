import { ActionIcon } from '@mantine/core';
import { isRetryable, isSettled, type Upload } from '@relevo/client';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { IconRefresh, IconTrash, IconX } from '../ui/icons';
import { FileIcon } from './file-icon';
import { sizeText } from './sizes';
import classes from './upload-row.module.css';
import { UploadPreview } from './upload-preview';
import { useUploadWords } from './use-upload-words';

interface Props {
  readonly upload: Upload;
  /** It can be taken out; of a message that was sent, the whole message can be discarded instead. */
  readonly isRemovable?: boolean;
}

/** A file on its way: what it is, how far it has come, and what can be done about it. */
export function UploadRow({ upload, isRemovable = false }: Props) {
  const { t, i18n } = useTranslation('files');
  const { uploads } = useRelevo();
  const say = useUploadWords();
  const { id, name, size, state, progress } = upload;
  return (
    <div className={classes.row} data-upload={name} data-state={state}>
      <span className={classes.picture}>
        <UploadPreview upload={upload} fallback={<FileIcon mediaType={upload.mediaType} voice={upload.voice} />} />
      </span>
      <div className={classes.words}>
        <p className={classes.name} dir="auto" title={name}>
          {upload.voice ? t('voice') : name}
        </p>
        <p className={classes.state} role={state === 'refused' ? 'alert' : undefined}>
          {sizeText(size, i18n.language)} · {say(upload)}
        </p>
        {!isSettled(upload) && (
          <div className={classes.bar} role="progressbar" aria-label={t('progressOf', { name })} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(progress * 100)}>
            <span style={{ transform: `scaleX(${progress})` }} />
          </div>
        )}
      </div>
      <div className={classes.acts}>
        {isRetryable(upload) && (
          <ActionIcon size="sm" aria-label={t('retryOf', { name })} title={t('retryOf', { name })} onClick={() => uploads.retry(id)}>
            <IconRefresh size={15} />
          </ActionIcon>
        )}
        {!isSettled(upload) && isRemovable && (
          <ActionIcon size="sm" aria-label={t('cancelOf', { name })} title={t('cancelOf', { name })} onClick={() => uploads.cancel(id)}>
            <IconX size={15} />
          </ActionIcon>
        )}
        {isSettled(upload) && isRemovable && (
          <ActionIcon size="sm" aria-label={t('removeOf', { name })} title={t('removeOf', { name })} onClick={() => uploads.remove(id)}>
            <IconTrash size={15} />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}
