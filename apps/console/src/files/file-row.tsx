import { ActionIcon } from '@mantine/core';
import type { AttachmentView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useSay } from '../session/use-say';
import { IconDownload } from '../ui/icons';
import classes from './attachments.module.css';
import { FileIcon } from './file-icon';
import { sizeText } from './sizes';
import { useDownload } from './use-download';

interface Props {
  readonly attachment: AttachmentView;
  /** Why it is shown as a row and not as what it is. */
  readonly problem?: string;
}

export function FileRow({ attachment, problem }: Props) {
  const { t, i18n } = useTranslation('files');
  const say = useSay();
  const { name, size, mediaType, voice } = attachment;
  const { start, isBusy, failure } = useDownload(attachment);
  const trouble = failure === null ? problem : failure === 'NOT_FOUND' ? t('gone') : say(failure);
  return (
    <div className={classes.file} data-file={name}>
      <FileIcon mediaType={mediaType} voice={voice} size={22} />
      <div>
        <p className={classes.name} dir="auto" title={name}>
          {name}
        </p>
        <p className={classes.about} role={trouble === undefined ? undefined : 'alert'}>
          {trouble ?? sizeText(size, i18n.language)}
        </p>
      </div>
      <ActionIcon size="md" loading={isBusy} color="currentcolor" aria-label={t('download', { name })} title={t('download', { name })} onClick={start}>
        <IconDownload size={17} />
      </ActionIcon>
    </div>
  );
}
