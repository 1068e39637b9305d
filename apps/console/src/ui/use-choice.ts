import { type AriaAttributes, type KeyboardEvent, useId, useState } from 'react';

/** What is being typed after a sign: where the sign stands, and what was typed of it. */
export interface Typed {
  readonly start: number;
  readonly typed: string;
}

export interface Choice<T> {
  readonly listId: string;
  /** None while nothing is asked for. */
  readonly found: readonly T[];
  readonly chosen: number;
  /** Whether the key was the list's. */
  readonly press: (event: KeyboardEvent) => boolean;
  /** For the field: what is chosen while the caret stays in it. */
  readonly aria: Pick<AriaAttributes, 'aria-controls' | 'aria-activedescendant' | 'aria-autocomplete'>;
}

/** Which of those found is chosen while something is being typed; the caret stays in the text. */
export function useChoice<T>(typed: Typed | null, found: readonly T[], onUse: (item: T) => void): Choice<T> {
  const listId = useId();
  const [at, setAt] = useState({ typed: '', index: 0 });
  const chosen = typed && at.typed === typed.typed ? Math.min(at.index, found.length - 1) : 0;
  const isShown = typed !== null && found.length > 0;

  const press = (event: KeyboardEvent): boolean => {
    const item = found[chosen];
    if (!isShown || item === undefined || event.nativeEvent.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt({ typed: typed.typed, index: (chosen + step + found.length) % found.length });
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && !event.ctrlKey && !event.metaKey) onUse(item);
    else return false;
    event.preventDefault();
    return true;
  };

  const aria: Choice<T>['aria'] = isShown ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${chosen}`, 'aria-autocomplete': 'list' } : {};
  return { listId, found: typed ? found : [], chosen, press, aria };
}
