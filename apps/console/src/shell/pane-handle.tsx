import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type PaneName, panes } from './pane-sizes';
import classes from './pane-handle.module.css';

interface Props {
  readonly pane: PaneName;
  /** On which side of it the pane lies: a pane on the right grows when the handle goes left. */
  readonly side: 'left' | 'right';
  readonly size: number;
  readonly label: string;
  readonly onResize: (pane: PaneName, size: number) => void;
}

const keyStep = 16;

/** Between two panes: dragged, moved with the arrows, or put back with a double click. */
export function PaneHandle({ pane, side, size, label, onResize }: Props) {
  const { t } = useTranslation('shell');
  const grip = useRef<{ x: number; size: number } | null>(null);
  const direction = side === 'left' ? 1 : -1;

  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: event.clientX, size };
  };
  const drag = ({ clientX }: PointerEvent): void => {
    if (grip.current) onResize(pane, grip.current.size + direction * (clientX - grip.current.x));
  };
  const byKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onResize(pane, size + direction * step);
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`${t('resize')}: ${label}`}
      aria-valuenow={size}
      aria-valuemin={panes[pane].least}
      aria-valuemax={panes[pane].most}
      className={classes.handle}
      data-side={side}
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={() => (grip.current = null)}
      onPointerCancel={() => (grip.current = null)}
      onDoubleClick={() => onResize(pane, panes[pane].first)}
      onKeyDown={byKey}
    />
  );
}
