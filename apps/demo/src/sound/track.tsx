import { clockText, partPlayed, placeAt, placeOfKey, type SoundPlace } from '@relevo/client/sound';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTexts } from '../i18n/language-provider';
import classes from './sound.module.css';

interface Props {
  readonly name: string;
  readonly place: SoundPlace;
  readonly peaks: readonly number[];
  readonly onSeek: (ms: number) => void;
}

/** The loudness of a sound over its time, and where it has come to; it can be put elsewhere. */
export function Track({ name, place, peaks, onSeek }: Props) {
  const texts = useTexts();
  const { atMs, durationMs } = place;
  const part = partPlayed(place);
  const point = ({ clientX, buttons, pointerId, type, currentTarget }: PointerEvent<HTMLElement>): void => {
    if (buttons !== 1) return;
    if (type === 'pointerdown') currentTarget.setPointerCapture(pointerId);
    onSeek(placeAt(clientX, currentTarget.getBoundingClientRect(), durationMs));
  };
  const press = (event: KeyboardEvent): void => {
    const next = placeOfKey(event.key, place);
    if (next === undefined) return;
    event.preventDefault();
    onSeek(next);
  };
  return (
    <div
      className={classes.track}
      role="slider"
      tabIndex={0}
      aria-label={texts.position(name)}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(atMs / 1000)}
      aria-valuetext={texts.positionOf(clockText(atMs), clockText(durationMs))}
      onPointerDown={point}
      onPointerMove={point}
      onKeyDown={press}
    >
      {peaks.length > 0 ? (
        peaks.map((peak, index) => <span key={index} className={classes.peak} data-played={index < part * peaks.length || undefined} style={{ height: `${Math.max(8, peak)}%` }} />)
      ) : (
        <span className={classes.line}>
          <span style={{ transform: `scaleX(${part})` }} />
        </span>
      )}
    </div>
  );
}
