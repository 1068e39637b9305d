import { useCallback, useMemo, useState } from 'react';
import { useMe } from '../session/relevo-context';
import { type Draft, Drafts, type Mode } from './drafts';

export interface DraftInHand {
  readonly draft: Draft;
  readonly setMode: (mode: Mode) => void;
  /** Of the mode it names, whichever is shown. */
  readonly setText: (mode: Mode, text: string) => void;
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
    setText: useCallback((mode, text) => change((before) => ({ ...before, [mode]: text })), [change]),
  };
}
