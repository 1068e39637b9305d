import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 25;
/** Only keeps a broken run from hanging: a busy machine takes many times as long as an idle one. */
const defaultWithinMs = 60_000;

/** Tries until the fact holds, and answers what it found; the one wait that a test may use. Fails as the last try did. */
export async function eventually<T>(fact: () => T | Promise<T>, withinMs = defaultWithinMs): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (let tries = 1; ; tries++) {
    try {
      return await fact();
    } catch (error) {
      if (Date.now() >= deadline) throw notWithin(withinMs, tries, error);
      await delay(everyMs);
    }
  }
}

function notWithin(withinMs: number, tries: number, last: unknown): Error {
  const reason = last instanceof Error ? last.message : String(last);
  return new Error(`Not within ${withinMs} ms, after ${tries} tries. Last: ${reason}`, { cause: last });
}
