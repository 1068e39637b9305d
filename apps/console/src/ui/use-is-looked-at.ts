import { useEffect, useState } from 'react';

/** Whether somebody has this page before them. */
export function useIsLookedAt(): boolean {
  const [isLookedAt, set] = useState(() => document.visibilityState === 'visible' && document.hasFocus());
  useEffect(() => {
    const look = (): void => set(document.visibilityState === 'visible' && document.hasFocus());
    const names = ['focus', 'blur', 'visibilitychange'] as const;
    for (const name of names) addEventListener(name, look);
    document.addEventListener('visibilitychange', look);
    return () => {
      for (const name of names) removeEventListener(name, look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return isLookedAt;
}
