/** So many a second, and so many at once after a pause. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Of a key that is used all the time; 10 MB in all. */
const maxKeys = 100_000;

/**
 * Token buckets, one number each: the time at which the bucket will be full again (the generic cell rate algorithm). A
 * bucket that is full is the same as none, so only keys in use take memory; beyond `maxKeys` the one used longest ago is
 * forgotten, and thereby full.
 */
export class Buckets {
  private readonly fullAt = new Map<string, number>();

  constructor(private readonly max = maxKeys) {}

  get size(): number {
    return this.fullAt.size;
  }

  /** Takes a token: 0. If there is none, takes nothing and answers in how many ms there will be one. */
  take(key: string, { perSecond, burst }: Rate, nowMs: number): number {
    const eachMs = 1000 / perSecond;
    const fullAt = Math.max(this.fullAt.get(key) ?? 0, nowMs) + eachMs;
    const tooEarlyMs = fullAt - nowMs - burst * eachMs;
    // Sums of fractions differ from their product in the last bits.
    if (tooEarlyMs > eachMs * 1e-6) return Math.max(1, Math.ceil(tooEarlyMs));
    // To the end: keys stand in the order of their last use.
    this.fullAt.delete(key);
    this.fullAt.set(key, fullAt);
    this.forget(nowMs);
    return 0;
  }

  /** A few at each use, so that it never takes long. */
  private forget(nowMs: number): void {
    let looked = 0;
    for (const [key, fullAt] of this.fullAt) {
      if (fullAt > nowMs && this.fullAt.size <= this.max) return;
      this.fullAt.delete(key);
      if (++looked === 2) return;
    }
  }
}
