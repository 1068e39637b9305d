import { LRUCache } from 'lru-cache';

/**
 * Reads of somebody else's facts, believed for a short while. Callers that miss together share one read; a read that
 * was under way when its key was forgotten still answers those who waited for it, and is not kept.
 */
export class RecentReads<V extends object> {
  private readonly kept: LRUCache<string, V>;
  private readonly underWay = new Map<string, Promise<V>>();

  constructor(maxAgeMs: number, max: number) {
    this.kept = new LRUCache({ ttl: maxAgeMs, max });
  }

  async get(key: string, read: () => Promise<V>): Promise<V> {
    return this.kept.get(key) ?? this.underWay.get(key) ?? this.start(key, read);
  }

  forget(key: string): void {
    this.kept.delete(key);
    this.underWay.delete(key);
  }

  clear(): void {
    this.kept.clear();
    this.underWay.clear();
  }

  private async start(key: string, read: () => Promise<V>): Promise<V> {
    const reading = read();
    this.underWay.set(key, reading);
    try {
      const value = await reading;
      if (this.underWay.get(key) === reading) this.kept.set(key, value);
      return value;
    } finally {
      if (this.underWay.get(key) === reading) this.underWay.delete(key);
    }
  }
}
