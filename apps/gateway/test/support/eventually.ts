import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 25;
/** Only keeps a broken run from hanging: a busy machine takes many times as long as an idle one. */
const patienceMs = 60_000;

/** Tries until the fact holds, and answers what it found; fails as the last try did. */
export async function eventually<T>(fact: () => T | Promise<T>, withinMs = patienceMs): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await fact();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await delay(everyMs);
    }
  }
}
