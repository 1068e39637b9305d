import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 15;

/** Looks until `fact` holds and gives back whether it did within the time; for facts that nobody announces. */
export async function holdsWithin(ms: number, fact: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = Date.now() + ms;
  for (;;) {
    if (await fact()) return true;
    if (Date.now() >= end) return false;
    await delay(lookEveryMs);
  }
}
