import { clockText, type Playback } from '@relevo/client/sound';
import { useTexts } from '../i18n/language-provider';
import classes from './sound.module.css';
import { Track } from './track';
import { usePlayback } from './use-playback';

interface Props {
  readonly name: string;
  readonly playback: Playback;
  readonly peaks: readonly number[];
  /** As long as it is said to be; by the sound itself when absent. */
  readonly durationMs?: number;
}

/** Plays a sound: its waveform, where it has come to, and how fast. */
export function SoundPlayer({ name, playback, peaks, durationMs: said }: Props) {
  const texts = useTexts();
  const { host, isPlaying, atMs, rate, durationMs: found, failure } = usePlayback(playback);
  const durationMs = said ?? found ?? 0;
  return (
    <>
      <div ref={host} className={classes.player} data-audio={name} data-playing={isPlaying || undefined}>
        <button type="button" className={classes.toggle} aria-label={isPlaying ? texts.pause(name) : texts.play(name)} onClick={() => void playback.toggle()}>
          <span aria-hidden>{isPlaying ? '❚❚' : '▶'}</span>
        </button>
        <Track name={name} place={{ atMs, durationMs }} peaks={peaks} onSeek={(ms) => playback.seek(ms)} />
        <span className={classes.time} data-time>
          {clockText(isPlaying || atMs > 0 ? atMs : durationMs)}
        </span>
        <button type="button" className={classes.rate} aria-label={texts.speed(rate)} onClick={() => playback.nextRate()}>
          {rate}×
        </button>
      </div>
      {failure !== null && (
        <p className={classes.failure} role="alert">
          {failure === 'NOT_FOUND' ? texts.gone : texts.unplayable}
        </p>
      )}
    </>
  );
}
