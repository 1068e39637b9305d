import type { Viewer } from '@relevo/contracts';
import { useEffect, useMemo, useState } from 'react';
import { useRelevo } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { useStore } from '../ui/use-store';

/** A page that lies behind others is open, and nobody looks at it. */
function useIsVisible(): boolean {
  const [isVisible, set] = useState(() => !document.hidden);
  useEffect(() => {
    const look = (): void => set(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
}

export interface ViewingColleague extends Viewer {
  /** A reply, just now. */
  readonly isWriting: boolean;
}

/** Says that the agent has it open, for as long as this is on their screen; answers which colleagues have it open too. */
export function useViewers(conversationId: string): readonly ViewingColleague[] {
  const { viewing, typing } = useRelevo();
  const { agents } = useDirectory();
  const isVisible = useIsVisible();
  useEffect(() => (isVisible ? viewing.open(conversationId) : undefined), [viewing, conversationId, isVisible]);
  const viewers = useStore(useMemo(() => viewing.of(conversationId), [viewing, conversationId]));
  const writers = useStore(useMemo(() => typing.of(conversationId), [typing, conversationId]));
  return viewers.map(({ id, name }) => ({ id, name: agents.get(id)?.name ?? name, isWriting: writers.some((writer) => writer.kind === 'agent' && writer.id === id) }));
}
