import { ActionIcon } from '@mantine/core';
import { clockText, Playback, type Recording } from '@relevo/client/sound';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Track } from '../files/track';
import { usePlayback } from '../files/use-playback';
import { IconPlayerPause, IconPlayerPlay } from '../ui/icons';
import classes from './voice-panel.module.css';

/** A recording before anybody else hears it. */
export function Preview({ recording: { content, voice } }: { readonly recording: Recording }) {
  const { t } = useTranslation('files');
  const [url] = useState(() => URL.createObjectURL(content));
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const playback = useMemo(() => new Playback(url, { of: (source) => Promise.resolve(source), doubt: () => undefined }), [url]);
  const { host, isPlaying, atMs } = usePlayback(playback);
  const name = t('voice');
  return (
    <>
      <ActionIcon size="lg" radius="xl" variant="filled" color="relevo" aria-label={t(isPlaying ? 'pause' : 'play', { name })} onClick={() => void playback.toggle()} data-autofocus>
        {isPlaying ? <IconPlayerPause size={17} /> : <IconPlayerPlay size={17} />}
      </ActionIcon>
      <div ref={host} className={classes.track} data-preview>
        <Track label={t('position', { name })} peaks={voice.peaks} atMs={atMs} durationMs={voice.durationMs} onSeek={(ms) => playback.seek(ms)} />
      </div>
      <span className={classes.time}>{clockText(isPlaying || atMs > 0 ? atMs : voice.durationMs)}</span>
    </>
  );
}
