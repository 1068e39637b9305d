import { Fragment, type ReactNode, type RefObject } from 'react';
import { type Mentioned, spansOf } from './mentions';
import classes from './mentions.module.css';

interface Props {
  readonly ground: RefObject<HTMLDivElement | null>;
  readonly text: string;
  readonly chosen: readonly Mentioned[];
}

/** Lies behind a field with the same text in the same place, unseen but for the ground of the names: a field shows text of one kind only. */
export function MentionGround({ ground, text, chosen }: Props) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const span of spansOf(text, chosen)) {
    parts.push(<Fragment key={`t${end}`}>{text.slice(end, span.start)}</Fragment>, <mark key={span.start}>{text.slice(span.start, span.end)}</mark>);
    end = span.end;
  }
  return (
    <div ref={ground} className={classes.ground} aria-hidden data-mention-ground>
      {parts}
      {/* A break at the very end has a line of its own in a field, and here only with something behind it. */}
      {`${text.slice(end)}\u200B`}
    </div>
  );
}
