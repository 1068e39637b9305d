import type { QuickReplyView } from '@relevo/contracts';
import { type AriaAttributes, type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuickReplies } from '../session/use-directory';
import { matching, type Slash } from './quick-replies';
import classes from './quick-reply-list.module.css';

export interface QuickReplyChoice {
  readonly listId: string;
  readonly found: readonly QuickReplyView[];
  readonly chosen: number;
  /** Whether the key was the list's. */
  readonly press: (event: KeyboardEvent) => boolean;
  /** For the field: what is chosen while the caret stays in it. */
  readonly aria: Pick<AriaAttributes, 'aria-controls' | 'aria-activedescendant' | 'aria-autocomplete'>;
}

/** Which of the quick replies is chosen while `/word` is being typed; the caret stays in the text. */
export function useQuickReplyChoice(slash: Slash | null, onUse: (reply: QuickReplyView) => void): QuickReplyChoice {
  const listId = useId();
  const replies = useQuickReplies();
  const found = slash ? matching(replies.values(), slash.typed) : [];
  const [at, setAt] = useState({ typed: '', index: 0 });
  const chosen = slash && at.typed === slash.typed ? Math.min(at.index, found.length - 1) : 0;
  const isShown = slash !== null && found.length > 0;

  const press = (event: KeyboardEvent): boolean => {
    const reply = found[chosen];
    if (!isShown || !reply || event.nativeEvent.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt({ typed: slash.typed, index: (chosen + step + found.length) % found.length });
    else if ((event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') onUse(reply);
    else return false;
    event.preventDefault();
    return true;
  };

  const aria: QuickReplyChoice['aria'] = isShown ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${chosen}`, 'aria-autocomplete': 'list' } : {};
  return { listId, found, chosen, press, aria };
}

interface Props {
  readonly id: string;
  readonly found: readonly QuickReplyView[];
  readonly chosen: number;
  readonly onUse: (reply: QuickReplyView) => void;
}

export function QuickReplyList({ id, found, chosen, onUse }: Props) {
  const { t } = useTranslation('composer');
  return (
    <ul id={id} role="listbox" aria-label={t('quickReplies')} className={classes.list}>
      {found.map((reply, index) => (
        <li
          key={reply.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          className={classes.option}
          // Before the field loses the focus, and with it the list.
          onMouseDown={(event) => {
            event.preventDefault();
            onUse(reply);
          }}
        >
          <span className={classes.shortcut}>/{reply.shortcut}</span>
          <span className={classes.text}>{reply.text}</span>
        </li>
      ))}
    </ul>
  );
}
