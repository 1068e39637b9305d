import type { FileLinks, WidgetEntry } from '@relevo/client';
import { Playback } from '@relevo/client/sound';
import { useEffect, useMemo, useState } from 'react';
import { useTexts } from '../i18n/language-provider';
import { SoundPlayer } from '../sound/sound-player';
import classes from './bubble.module.css';

type Message = Extract<WidgetEntry, { readonly type: 'message' }>;

interface Props {
  readonly attachment: Message['data']['attachments'][number];
  readonly links: FileLinks;
}

const noPeaks: readonly number[] = [];
const pictures = /^image\/(jpeg|png|gif|webp|avif)$/;

/** A file as a customer gets it: seen, heard or saved. Where its link ended, another is asked for once. */
export function Attachment({ attachment: { id, name, mediaType, voice }, links }: Props) {
  const texts = useTexts();
  const isPicture = pictures.test(mediaType);
  const isSound = mediaType.startsWith('audio/');
  const [url, setUrl] = useState<string | null>(null);
  const [failures, setFailures] = useState(0);
  const [isGone, setGone] = useState(false);

  useEffect(() => {
    if (!isPicture || failures > 1) return;
    let isWanted = true;
    links.of(id, 'thumbnail').then(
      (found) => isWanted && setUrl(found),
      () => isWanted && setGone(true),
    );
    return () => {
      isWanted = false;
    };
  }, [links, id, isPicture, failures]);

  const playback = useMemo(() => (isSound ? new Playback(id, links) : null), [isSound, id, links]);

  const fail = (): void => {
    links.doubt(id, 'thumbnail');
    setFailures(failures + 1);
  };
  const save = async (): Promise<void> => {
    try {
      const anchor = document.createElement('a');
      anchor.href = await links.of(id);
      anchor.download = name;
      anchor.click();
    } catch {
      setGone(true);
    }
  };
  return (
    <div data-file={name}>
      {isPicture && url !== null && failures < 2 && <img className={classes.photo} src={url} alt={name} onError={fail} />}
      {playback && <SoundPlayer name={voice ? texts.voice : name} playback={playback} peaks={voice?.peaks ?? noPeaks} {...(voice && { durationMs: voice.durationMs })} />}
      <button type="button" className={`quiet ${classes.file}`} aria-label={texts.download(name)} onClick={() => void save()}>
        ⤓ {name}
      </button>
      {isGone && (
        <p className={classes.gone} role="alert">
          {texts.gone}
        </p>
      )}
    </div>
  );
}
