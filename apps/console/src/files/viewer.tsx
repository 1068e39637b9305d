import { ActionIcon, Loader, Modal } from '@mantine/core';
import type { AttachmentView } from '@relevo/contracts';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSay } from '../session/use-say';
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from '../ui/icons';
import { useDownload } from './use-download';
import { useFileLink } from './use-file-link';
import classes from './viewer.module.css';

interface Props {
  readonly photos: readonly AttachmentView[];
  /** Id of the one that is shown. */
  readonly shown: string;
  readonly onShow: (id: string) => void;
  readonly onClose: () => void;
}

/** One picture large; arrows go to those before and after it, Escape goes back to the conversation. */
export function Viewer({ photos, shown, onShow, onClose }: Props) {
  const { t } = useTranslation('files');
  const index = photos.findIndex(({ id }) => id === shown);
  const photo = photos[index];
  const go = (by: -1 | 1): void => {
    const next = photos[index + by];
    if (next) onShow(next.id);
  };
  const press = ({ key }: KeyboardEvent): void => {
    if (key === 'ArrowLeft') go(-1);
    if (key === 'ArrowRight') go(1);
  };
  return (
    <Modal.Root opened={photo !== undefined} onClose={onClose} fullScreen padding={0} transitionProps={{ duration: 90 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={photo?.name}>
        {photo && (
          <div className={classes.frame} onKeyDown={press} data-viewer>
            <Head photo={photo} place={t('viewer', { index: index + 1, count: photos.length })} onClose={onClose} />
            <div className={classes.stage}>
              <Large key={photo.id} photo={photo} />
              {index > 0 && (
                <ActionIcon className={classes.step} data-to="previous" size="lg" variant="default" radius="xl" aria-label={t('previous')} title={t('previous')} onClick={() => go(-1)}>
                  <IconChevronLeft size={20} />
                </ActionIcon>
              )}
              {index < photos.length - 1 && (
                <ActionIcon className={classes.step} data-to="next" size="lg" variant="default" radius="xl" aria-label={t('next')} title={t('next')} onClick={() => go(1)}>
                  <IconChevronRight size={20} />
                </ActionIcon>
              )}
            </div>
          </div>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

interface HeadProps {
  readonly photo: AttachmentView;
  readonly place: string;
  readonly onClose: () => void;
}

function Head({ photo, place, onClose }: HeadProps) {
  const { t } = useTranslation('files');
  const { t: common } = useTranslation('common');
  const { start, isBusy } = useDownload(photo);
  return (
    <header className={classes.head}>
      <h2 className={classes.name} dir="auto">
        {photo.name}
      </h2>
      <span className={classes.count} role="status">
        {place}
      </span>
      <ActionIcon size="lg" loading={isBusy} aria-label={t('download', { name: photo.name })} title={t('download', { name: photo.name })} onClick={start}>
        <IconDownload size={19} />
      </ActionIcon>
      <ActionIcon size="lg" aria-label={common('close')} title={common('close')} onClick={onClose} data-autofocus>
        <IconX size={19} />
      </ActionIcon>
    </header>
  );
}

function Large({ photo: { id, name } }: { readonly photo: AttachmentView }) {
  const { t } = useTranslation('files');
  const say = useSay();
  const { url, failure, fail, succeed } = useFileLink(id);
  if (failure !== null) return <p role="alert">{failure === 'NOT_FOUND' ? t('gone') : failure === 'UNSUPPORTED_MEDIA' ? t('noPreview') : say(failure)}</p>;
  return url === null ? <Loader size="sm" /> : <img src={url} alt={name} onError={fail} onLoad={succeed} />;
}
