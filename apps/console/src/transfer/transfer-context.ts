import type { ConversationView } from '@relevo/contracts';
import { createContext, useContext } from 'react';

/** Opens the dialog that asks whom a conversation goes to. */
export type OpenTransfer = (conversation: ConversationView) => void;

export const TransferContext = createContext<OpenTransfer | null>(null);

export function useOpenTransfer(): OpenTransfer {
  const open = useContext(TransferContext);
  if (!open) throw new Error('There is no TransferProvider around it');
  return open;
}
