import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 25;

/** Tries until the fact holds; fails as the last try did. */
export async function eventually(fact: () => void | Promise<void>, withinMs: number): Promise<void> {
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
