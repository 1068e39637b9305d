import type { ConversationChanged } from '@relevo/contracts';
import { createContext, useContext } from 'react';

export interface UndoInHand {
  /** Says what was done, and offers to take it back for as long as that goes. */
  readonly offer: (done: ConversationChanged, words: string) => void;
  /** The last that is offered; false when nothing is. */
  readonly takeBackLast: () => boolean;
  /** Of a conversation as it was seen, whose last entry then was `seq`. */
  readonly takeBack: (conversationId: string, seq: number) => Promise<void>;
}

export const UndoContext = createContext<UndoInHand | null>(null);

export function useUndo(): UndoInHand {
  const undo = useContext(UndoContext);
  if (!undo) throw new Error('There is no UndoProvider around it');
  return undo;
}
