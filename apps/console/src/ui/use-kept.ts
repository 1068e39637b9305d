import { useCallback, useState } from 'react';

/** Yes or no, as this browser had it last. */
export function useKeptFlag(key: string, first: boolean): [boolean, (value: boolean) => void] {
  const storageKey = `relevo.${key}`;
  const [value, setValue] = useState(() => {
    const kept = localStorage.getItem(storageKey);
    return kept === null ? first : kept === 'yes';
  });
  const keep = useCallback(
    (next: boolean) => {
      localStorage.setItem(storageKey, next ? 'yes' : 'no');
      setValue(next);
    },
    [storageKey],
  );
  return [value, keep];
}
