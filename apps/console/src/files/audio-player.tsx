import { ActionIcon } from '@mantine/core';
import { clockText, Playback } from '@relevo/client/sound';
import type { AttachmentView } from '@relevo/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { IconPlayerPause, IconPlayerPlay } from '../ui/icons';
import classes from './audio-player.module.css';
import { FileRow } from './file-row';
import { usePlayback } from './use-playback';
import { Track } from './track';

const noPeaks: readonly number[] = [];

/** A voice message or another audio: its waveform, where it has come to, and how fast it plays. */
export function AudioPlayer({ attachment }: { readonly attachment: AttachmentView }) {
  const { t } = useTranslation('files');
  const say = useSay();
  const { fileLinks } = useRelevo();
  const { id, name, voice } = attachment;
  const playback = useMemo(() => new Playback(id, fileLinks), [id, fileLinks]);
  const { host, isPlaying, isLoading, atMs, rate, durationMs: found, failure } = usePlayback(playback);

  const durationMs = voice?.durationMs ?? found ?? 0;
  const title = voice ? t('voice') : name;
  if (failure !== null) return <FileRow attachment={attachment} problem={failure === 'NOT_FOUND' ? t('gone') : failure === 'UNSUPPORTED_MEDIA' ? t('unplayable') : say(failure)} />;
  return (
    <div ref={host} data-audio={title} data-playing={isPlaying || undefined}>
      {!voice && (
        <p className={classes.name} dir="auto" title={name}>
          {name}
        </p>
      )}
      <div className={classes.player}>
        <ActionIcon size="lg" radius="xl" variant="filled" color="relevo" loading={isLoading && !isPlaying} aria-label={t(isPlaying ? 'pause' : 'play', { name: title })} onClick={() => void playback.toggle()}>
          {isPlaying ? <IconPlayerPause size={17} /> : <IconPlayerPlay size={17} />}
        </ActionIcon>
        <Track label={t('position', { name: title })} peaks={voice?.peaks ?? noPeaks} atMs={atMs} durationMs={durationMs} onSeek={(ms) => playback.seek(ms)} />
        <span className={classes.time} data-time>
          {clockText(isPlaying || atMs > 0 ? atMs : durationMs)}
        </span>
        <button type="button" className={classes.rate} aria-label={t('speed', { speed: rate })} onClick={() => playback.nextRate()}>
          {rate}×
        </button>
      </div>
    </div>
  );
}
