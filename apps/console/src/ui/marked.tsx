import type { TextPart } from '@relevo/contracts';
import { Fragment, type ReactNode } from 'react';
import classes from './marked.module.css';

interface Props {
  readonly text: string;
  /** In order, apart from each other. */
  readonly marks: readonly TextPart[];
}

/** A text in which parts stand out; whoever listens to it hears it whole. */
export function Marked({ text, marks }: Props) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const { from, to } of marks) {
    parts.push(
      <Fragment key={from}>
        {text.slice(end, from)}
        <mark className={classes.mark}>{text.slice(from, to)}</mark>
      </Fragment>,
    );
    end = to;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}
