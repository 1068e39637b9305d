import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './audio-player.module.css';
import { clockText } from './sizes';

interface Props {
  readonly label: string;
  readonly peaks: readonly number[];
  readonly atMs: number;
  readonly durationMs: number;
  readonly onSeek: (ms: number) => void;
}

/** With the keyboard, in ms. */
const stepMs = 2_000;
const pageMs = 10_000;

/** The loudness of an audio over its time, and where it has come to; it can be put elsewhere. */
export function Track({ label, peaks, atMs, durationMs, onSeek }: Props) {
  const { t } = useTranslation('files');
  const track = useRef<HTMLDivElement>(null);
  const part = durationMs > 0 ? Math.min(1, atMs / durationMs) : 0;
  const seek = (ms: number): void => onSeek(Math.min(durationMs, Math.max(0, ms)));
  const point = ({ clientX, buttons, pointerId, type, currentTarget }: PointerEvent): void => {
    const bounds = track.current?.getBoundingClientRect();
    if (!bounds || buttons !== 1) return;
    if (type === 'pointerdown') currentTarget.setPointerCapture(pointerId);
    seek(((clientX - bounds.left) / bounds.width) * durationMs);
  };
  const press = (event: KeyboardEvent): void => {
    const to: Readonly<Record<string, number>> = { ArrowRight: atMs + stepMs, ArrowUp: atMs + stepMs, ArrowLeft: atMs - stepMs, ArrowDown: atMs - stepMs, PageUp: atMs + pageMs, PageDown: atMs - pageMs, Home: 0, End: durationMs };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    seek(next);
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
