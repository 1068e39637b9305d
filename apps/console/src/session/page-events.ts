import type { RelevoClient } from '@relevo/client';

/** What the page knows before the network does: that it is gone or back, and that somebody is there. */
export function tellOfThePage(relevo: RelevoClient): void {
  addEventListener('online', () => relevo.wake());
  addEventListener('offline', () => relevo.suspend());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) relevo.wake();
  });
  for (const name of ['pointerdown', 'keydown', 'wheel'] as const) addEventListener(name, () => relevo.presence.touch(), { passive: true });
}
