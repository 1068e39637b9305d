import { LRUCache } from 'lru-cache';

/** Lets the same thing happen once in a while only, or so many times; the rest is not worth telling. */
export class Throttle {
  private readonly recent: LRUCache<string, number>;

  constructor(
    everyMs: number,
    max = 20_000,
    private readonly times = 1,
  ) {
    // The time runs from the first of them.
    this.recent = new LRUCache({ ttl: everyMs, max, noUpdateTTL: true });
  }

  /** Whether it may happen now; if so, that is one less for a while. */
  admit(key: string): boolean {
    const count = this.recent.get(key) ?? 0;
    if (count >= this.times) return false;
    this.recent.set(key, count + 1);
    return true;
  }

  /** It did not happen after all. */
  forget(key: string): void {
    this.recent.delete(key);
  }
}

/** Whoever is told that somebody writes believes it for some seconds, so oftener than this says nothing new. */
export const typingEveryMs = 2_000;
