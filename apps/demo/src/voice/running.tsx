import { clockText, type VoiceDraft } from '@relevo/client/sound';
import { useTexts } from '../i18n/language-provider';
import classes from './voice.module.css';

interface Props {
  readonly isPaused: boolean;
  readonly ms: number;
  readonly level: number;
  readonly draft: VoiceDraft;
}

/** A recording that goes on, or pauses. */
export function Running({ isPaused, ms, level, draft }: Props) {
  const texts = useTexts();
  const pause = isPaused ? texts.resumeRecording : texts.pauseRecording;
  return (
    <>
      <span className={classes.dot} data-paused={isPaused || undefined} />
      <span className={classes.time} data-time>
        {clockText(ms)}
      </span>
      <span className={classes.status} role="status">
        {isPaused ? texts.paused : texts.recording}
      </span>
      <div className={classes.level} role="meter" aria-label={texts.level} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(level * 100)}>
        <span style={{ transform: `scaleX(${Math.sqrt(level)})` }} />
      </div>
      <button type="button" className="quiet" aria-label={pause} title={pause} onClick={() => (isPaused ? draft.resume() : draft.pause())} autoFocus>
        <span aria-hidden>{isPaused ? '●' : '❚❚'}</span>
      </button>
      <button type="button" className="quiet" aria-label={texts.finishRecording} title={texts.finishRecording} onClick={() => void draft.finish()}>
        <span aria-hidden>■</span>
      </button>
    </>
  );
}
