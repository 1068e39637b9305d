import { useLocation } from 'react-router';

/** Beside the address of a conversation that one came to by going through the list: the next key goes on, and is not written. */
export const passing = { isPassing: true } as const;

export function usePassing(): boolean {
  const state: unknown = useLocation().state;
  return typeof state === 'object' && state !== null && 'isPassing' in state;
}
