import { isSettled, type Upload } from '@relevo/client';
import { useCallback, useMemo, useState } from 'react';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import { admitted } from './admitted';

export interface ChosenFiles {
  readonly files: readonly Upload[];
  readonly add: (files: readonly File[]) => void;
  /** Of the last choice, as many as did not fit. */
  readonly leftOut: number;
  /** One of them will not get there by itself: the message cannot go. */
  readonly isBlocked: boolean;
}

/** Chosen for the next message of a conversation. */
export function useChosenFiles(conversationId: string): ChosenFiles {
  const { uploads } = useRelevo();
  const chosen = useMemo(() => uploads.chosen(conversationId), [uploads, conversationId]);
  const files = useStore(chosen);
  const [leftOut, setLeftOut] = useState(0);
  const add = useCallback(
    (given: readonly File[]): void => {
      const choice = admitted(given, chosen.getSnapshot().length);
      setLeftOut(choice.leftOut);
      uploads.choose(
        conversationId,
        choice.taken.map((content) => ({ name: content.name, content })),
      );
    },
    [uploads, chosen, conversationId],
  );
  return { files, add, leftOut: files.length === 0 ? 0 : leftOut, isBlocked: files.some((file) => isSettled(file) && file.state !== 'stored') };
}
