import * as fc from 'fast-check';
import type { InternalEvent } from './audience.js';
import { type RecentEvent, RecentEvents } from './recent-events.js';

const at = (seq: number, bytes = 1): RecentEvent => ({ seq, bytes, event: {} as InternalEvent });
const seqs = (events: readonly RecentEvent[]): number[] => events.map(({ seq }) => seq);

describe('recent events', () => {
  it('begin with what comes after their start', () => {
    const recent = new RecentEvents({ events: 10, bytes: 100 }, 5);
    recent.push(at(8));
    recent.push(at(9));
    expect([4, 5, 7, 8, 9, 12].map((seq) => recent.covers(seq))).toEqual([false, true, true, true, true, true]);
    expect([5, 7, 8, 9].map((seq) => seqs(recent.after(seq)))).toEqual([[8, 9], [8, 9], [9], []]);
  });

  it('let the oldest go, by count and by bytes', () => {
    const recent = new RecentEvents({ events: 3, bytes: 10 }, 0);
    for (const seq of [1, 2, 3, 4]) recent.push(at(seq));
    expect([recent.start, seqs(recent.after(1))]).toEqual([1, [2, 3, 4]]);
    recent.push(at(5, 9));
    expect([recent.start, seqs(recent.after(3))]).toEqual([3, [4, 5]]);
    recent.push(at(6, 11));
    expect([recent.start, recent.covers(5), seqs(recent.after(6))]).toEqual([6, false, []]);
  });

  it('take older ones in front, unless their start has moved meanwhile', () => {
    const recent = new RecentEvents({ events: 3, bytes: 100 }, 5);
    recent.push(at(6));
    expect(recent.prepend([at(2), at(4)], 1, 5)).toBe(true);
    expect([recent.start, seqs(recent.after(1))]).toEqual([1, [2, 4, 6]]);
    recent.push(at(7));
    expect(recent.prepend([at(1)], 0, 1)).toBe(false);
    expect([recent.start, seqs(recent.after(2))]).toEqual([2, [4, 6, 7]]);
  });

  it('never have a gap after a place that they cover, whatever is put in', () => {
    const step = fc.record({ older: fc.boolean(), bytes: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const recent = new RecentEvents({ events: 8, bytes: 40 }, 1_000);
        let last = 1_000;
        for (const { older, bytes } of steps) {
          if (older) recent.prepend([at(recent.start, bytes)], recent.start - 1, recent.start);
          else recent.push(at(++last, bytes));
          for (let seq = recent.start; seq <= last; seq++) {
            expect(seqs(recent.after(seq))).toEqual(Array.from({ length: last - seq }, (_, index) => seq + 1 + index));
          }
          const kept = recent.after(recent.start);
          expect(kept.length).toBeLessThanOrEqual(8);
          expect(kept.reduce((sum, { bytes: size }) => sum + size, 0)).toBeLessThanOrEqual(40);
        }
      }),
      { seed: 11 },
    );
  });
});
