import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 25;

/** Tries until the fact holds, and answers what it found; fails as the last try did. */
export async function eventually<T>(fact: () => T | Promise<T>, withinMs: number): Promise<T> {
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
