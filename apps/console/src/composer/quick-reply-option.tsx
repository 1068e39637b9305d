import type { QuickReplyView } from '@relevo/contracts';
import classes from './quick-reply-option.module.css';

export const QuickReplyOption = ({ reply: { shortcut, text } }: { readonly reply: QuickReplyView }) => (
  <>
    <span className={classes.shortcut}>/{shortcut}</span>
    <span className={classes.text}>{text}</span>
  </>
);
