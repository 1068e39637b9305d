import { LinkifyIt } from 'linkify-it';
import { Fragment, memo, type ReactNode } from 'react';
import classes from './rich-text.module.css';

const linkify = new LinkifyIt({ fuzzyLink: true });
// Its expressions are long, and compiled when they are first used: while nobody waits, rather than as the first conversation opens.
if ('requestIdleCallback' in globalThis) requestIdleCallback(() => linkify.match('https://example.com, ana@example.com'));

/** Nothing but the web and mail: an address of another kind stays text. */
const isHarmless = (url: string): boolean => /^(https?:|mailto:)/i.test(url);

/** A customer's words as they are; addresses in them can be followed, and nothing else in them does anything. */
export const RichText = memo(function RichText({ text }: { readonly text: string }) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const { index, lastIndex, url, text: shown } of linkify.match(text) ?? []) {
    if (!isHarmless(url)) continue;
    parts.push(<Fragment key={`t${end}`}>{text.slice(end, index)}</Fragment>);
    parts.push(
      <a key={`a${index}`} className={classes.link} href={url} target="_blank" rel="noopener noreferrer nofollow">
        {shown}
      </a>,
    );
    end = lastIndex;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
});
