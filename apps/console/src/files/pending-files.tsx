import { filesOf, type PendingEntry, type PendingFile, type Upload } from '@relevo/client';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import classes from './attachments.module.css';
import { FileIcon } from './file-icon';
import { sizeText } from './sizes';
import { UploadRow } from './upload-row';

/** Files of a message that is not sent yet, as far as they have come. */
export function PendingFiles({ pending }: { readonly pending: PendingEntry }) {
  const uploads = useStore(useRelevo().uploads);
  return (
    <div className={classes.list}>
      {filesOf(pending).map((file) => (
        <One key={file.uploadId} file={file} upload={uploads.get(file.uploadId)} />
      ))}
    </div>
  );
}

/** What another page had is known by name alone. */
function One({ file: { name, size, mediaType, voice }, upload }: { readonly file: PendingFile; readonly upload: Upload | undefined }) {
  const { i18n } = useTranslation();
  if (upload) return <UploadRow upload={upload} />;
  return (
    <div className={classes.file}>
      <FileIcon mediaType={mediaType} voice={voice} />
      <div>
        <p className={classes.name} dir="auto">
          {name}
        </p>
        <p className={classes.about}>{sizeText(size, i18n.language)}</p>
      </div>
    </div>
  );
}
