import fc from 'fast-check';
import { Buckets } from './buckets.js';

const rate = { perSecond: 20, burst: 60 };
const taken = (buckets: Buckets, count: number, now: number, key = 'ana'): number => Array.from({ length: count }, () => buckets.take(key, rate, now)).filter((wait) => wait === 0).length;

describe('a token bucket', () => {
  it('gives its burst at once, then so many a second', () => {
    const buckets = new Buckets();
    expect(taken(buckets, 100, 1_000)).toBe(60);
    expect(buckets.take('ana', rate, 1_000)).toBe(50);
    expect(taken(buckets, 100, 2_000)).toBe(20);
    expect(taken(buckets, 100, 60_000)).toBe(60);
  });

  it('is one key’s own', () => {
    const buckets = new Buckets();
    taken(buckets, 60, 0);
    expect(taken(buckets, 1, 0)).toBe(0);
    expect(taken(buckets, 60, 0, 'beto')).toBe(60);
  });

  it('says when to come back, and is right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 100 }), fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 50, maxLength: 200 }), (perSecond, burst, pauses) => {
        const buckets = new Buckets();
        let now = 0;
        let given = 0;
        for (const pause of pauses) {
          now += pause;
          const wait = buckets.take('ana', { perSecond, burst }, now);
          if (wait > 0) {
            // A refusal takes nothing: asked in vain as often as you like, the time stays the same.
            expect(buckets.take('ana', { perSecond, burst }, now)).toBe(wait);
            now += wait;
            expect(buckets.take('ana', { perSecond, burst }, now)).toBe(0);
          }
          given++;
        }
        expect(given).toBeLessThanOrEqual(burst + (now * perSecond) / 1000 + 1);
      }),
    );
  });

  it('takes memory for what is in use only, and never more than its bound', () => {
    const buckets = new Buckets(10);
    for (let index = 0; index < 100; index++) buckets.take(`key-${index}`, rate, 0);
    expect(buckets.size).toBe(10);
    for (let index = 0; index < 10; index++) buckets.take('ana', rate, 1_000);
    expect(buckets.size).toBe(1);
  });
});
