import type { AttachmentView } from '@relevo/contracts';
import classes from './attachments.module.css';
import { AudioPlayer } from './audio-player';
import { FileRow } from './file-row';
import { isPhoto, kindOf } from './kind';
import { Photo } from './photo';
import { VideoPlayer } from './video-player';

/** A message's files, each as what it is. */
export function Attachments({ attachments }: { readonly attachments: readonly AttachmentView[] }) {
  if (attachments.length === 0) return null;
  const photos = attachments.filter(isPhoto);
  const others = attachments.filter((attachment) => !isPhoto(attachment));
  return (
    <div className={classes.list}>
      {photos.length > 0 && (
        <div className={classes.photos} data-count={photos.length}>
          {photos.map((attachment) => (
            <Photo key={attachment.id} attachment={attachment} />
          ))}
        </div>
      )}
      {others.map((attachment) => (
        <Other key={attachment.id} attachment={attachment} />
      ))}
    </div>
  );
}

function Other({ attachment }: { readonly attachment: AttachmentView }) {
  switch (kindOf(attachment)) {
    case 'voice':
    case 'audio':
      return <AudioPlayer attachment={attachment} />;
    case 'video':
      return <VideoPlayer attachment={attachment} />;
    case 'photo':
    case 'file':
      return <FileRow attachment={attachment} />;
  }
}
