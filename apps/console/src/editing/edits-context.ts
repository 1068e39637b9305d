import { createContext, useContext } from 'react';
import type { AllEdits } from './all-edits';
import type { Edits } from './edits';

export const EditsContext = createContext<AllEdits | null>(null);

/** What the agent is changing of a customer. */
export function useEdits(customerId: string): Edits {
  const all = useContext(EditsContext);
  if (!all) throw new Error('There is no EditsProvider around it');
  return all.of(customerId);
}
