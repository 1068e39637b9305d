import { clockText, partPlayed, placeAt, placeOfKey } from '@relevo/client/sound';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './audio-player.module.css';

interface Props {
  readonly label: string;
  readonly peaks: readonly number[];
  readonly atMs: number;
  readonly durationMs: number;
  readonly onSeek: (ms: number) => void;
}

/** The loudness of an audio over its time, and where it has come to; it can be put elsewhere. */
export function Track({ label, peaks, atMs, durationMs, onSeek }: Props) {
  const { t } = useTranslation('files');
  const track = useRef<HTMLDivElement>(null);
  const part = partPlayed({ atMs, durationMs });
  const point = ({ clientX, buttons, pointerId, type, currentTarget }: PointerEvent): void => {
    const bounds = track.current?.getBoundingClientRect();
    if (!bounds || buttons !== 1) return;
    if (type === 'pointerdown') currentTarget.setPointerCapture(pointerId);
    onSeek(placeAt(clientX, bounds, durationMs));
  };
  const press = (event: KeyboardEvent): void => {
    const next = placeOfKey(event.key, { atMs, durationMs });
    if (next === undefined) return;
    event.preventDefault();
    onSeek(next);
  };
  return (
    <div
      ref={track}
      className={classes.track}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(atMs / 1000)}
      aria-valuetext={t('positionOf', { at: clockText(atMs), of: clockText(durationMs) })}
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
