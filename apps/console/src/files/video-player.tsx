import type { AttachmentView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useSay } from '../session/use-say';
import classes from './attachments.module.css';
import { FileRow } from './file-row';
import { useFileLink } from './use-file-link';

/** With the browser's own controls, and a row to have the file. */
export function VideoPlayer({ attachment }: { readonly attachment: AttachmentView }) {
  const { t } = useTranslation('files');
  const say = useSay();
  const { url, failure, fail, succeed } = useFileLink(attachment.id);
  const problem = failure === null ? undefined : failure === 'NOT_FOUND' ? t('gone') : failure === 'UNSUPPORTED_MEDIA' ? t('unplayable') : say(failure);
  return (
    <>
      {url !== null && <video className={classes.video} src={url} controls preload="metadata" aria-label={attachment.name} onError={fail} onLoadedMetadata={succeed} />}
      <FileRow attachment={attachment} problem={problem} />
    </>
  );
}
