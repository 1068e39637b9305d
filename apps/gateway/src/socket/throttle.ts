import { LRUCache } from 'lru-cache';

/** Lets the same thing happen once in a while only; the rest is not worth telling. */
export class Throttle {
  private readonly recent: LRUCache<string, true>;

  constructor(everyMs: number, max = 20_000) {
    this.recent = new LRUCache({ ttl: everyMs, max });
  }

  /** Whether it may happen now; if so, not again for a while. */
  admit(key: string): boolean {
    if (this.recent.has(key)) return false;
    this.recent.set(key, true);
    return true;
  }

  /** It did not happen after all. */
  forget(key: string): void {
    this.recent.delete(key);
  }
}

/** Whoever is told that somebody writes believes it for some seconds, so oftener than this says nothing new. */
export const typingEveryMs = 2_000;
