import type { AttachmentView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { IconPhoto } from '../ui/icons';
import classes from './attachments.module.css';
import { useFileLink } from './use-file-link';
import { useOpenPhoto } from './viewer-context';

/** A small picture; it opens the large one. */
export function Photo({ attachment }: { readonly attachment: AttachmentView }) {
  const { t } = useTranslation('files');
  const { id, name } = attachment;
  const { url, failure, fail, succeed } = useFileLink(id, 'thumbnail');
  const open = useOpenPhoto();
  return (
    <button type="button" className={classes.photo} aria-label={t('open', { name })} title={name} data-photo={name} onClick={() => open(attachment)}>
      {url !== null && <img src={url} alt={name} decoding="async" onError={fail} onLoad={succeed} />}
      {failure !== null && (
        <span className={classes.missing}>
          <IconPhoto size={22} stroke={1.5} />
          <span>{name}</span>
          <span>{t('noPreview')}</span>
        </span>
      )}
    </button>
  );
}
