import { readingOf, surer } from './clock.js';

/** The database's time when ours is 0. */
const zero = Date.parse('2026-03-01T10:00:00Z');
const asked = (from: number, to: number, databaseTime: number) => readingOf(new Date(zero + databaseTime), from, to);

describe('the time of the database', () => {
  it('was told in the middle of the way there and back', () => {
    expect(asked(100, 120, 110)).toEqual({ offsetMs: zero, errorMs: 10, at: 120 });
  });

  it('is taken from the first that is told', () => {
    const first = asked(0, 5_000, 100);
    expect(surer(null, first)).toBe(first);
  });

  it('is not set wrong by an answer that was long on its way', () => {
    const sure = asked(0, 4, 2);
    // Told right away, heard of six seconds later: taken for the middle it would be three seconds wrong.
    expect(surer(sure, asked(30_000, 36_000, 30_001))).toBe(sure);
  });

  it('is set right by a surer answer, and by one as sure as the old one has become', () => {
    const unsure = asked(0, 6_000, 1);
    const fresh = asked(30_000, 30_004, 30_002);
    expect(surer(unsure, fresh)).toBe(fresh);
    // 30 s at 100 parts in a million are 3 ms.
    const later = asked(60_000, 60_008, 60_004);
    expect(surer(fresh, later)).toBe(later);
  });

  it('is that of the newer answer where the two cannot both be true', () => {
    const sure = asked(0, 4, 2);
    const afterItWasSet = asked(30_000, 30_400, 90_200);
    expect(surer(sure, afterItWasSet)).toBe(afterItWasSet);
  });
});
