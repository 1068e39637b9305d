import { useCallback, useMemo, useState } from 'react';
import type { Mentioned } from '../mentions/mentions';
import { useMe } from '../session/relevo-context';
import { type Draft, Drafts, type Mode } from './drafts';

export interface DraftInHand {
  readonly draft: Draft;
  readonly setMode: (mode: Mode) => void;
  /** Of the mode it names, whichever is shown. */
  readonly setText: (mode: Mode, text: string) => void;
  /** Chosen to be named in the note. */
  readonly mention: (person: Mentioned) => void;
}

/** Of one conversation; the component that uses it is made anew for another. */
export function useDraft(conversationId: string): DraftInHand {
  const { id } = useMe();
  const drafts = useMemo(() => new Drafts(localStorage, id), [id]);
  const [draft, setDraft] = useState(() => drafts.get(conversationId));
  const change = useCallback(
    (part: (draft: Draft) => Draft) =>
      setDraft((before) => {
        const after = part(before);
        drafts.set(conversationId, after);
        return after;
      }),
    [conversationId, drafts],
  );
  return {
    draft,
    setMode: useCallback((mode) => change((before) => ({ ...before, mode })), [change]),
    // With the note goes who was named in it.
    setText: useCallback((mode, text) => change((before) => ({ ...before, [mode]: text, ...(mode === 'note' && text === '' && { mentions: [] }) })), [change]),
    mention: useCallback((person) => change((before) => ({ ...before, mentions: [...before.mentions.filter(({ id }) => id !== person.id), person] })), [change]),
  };
}
