import { type Attempt, judgingMs, standingOf, windowMs } from './login-attempts.js';

const now = new Date('2026-03-01T10:00:00Z');
const ago = (ms: number, failed = true): Attempt => ({ id: String(ms), at: new Date(now.getTime() - ms), failed });

describe('a pair with no place left', () => {
  it('is refused until the oldest failure is a minute old', () => {
    expect(standingOf([ago(10), ago(45_000), ago(20)], now)).toEqual({ kind: 'refused', retryAfterMs: 15_000 });
    expect(standingOf([ago(windowMs - 1)], now)).toEqual({ kind: 'refused', retryAfterMs: 1 });
    expect(standingOf([ago(windowMs), ago(1)], now)).toEqual({ kind: 'stale' });
  });

  it('waits for what is being judged', () => {
    expect(standingOf([ago(10), ago(20, false)], now)).toEqual({ kind: 'wait' });
  });

  it('takes for failed what nobody judges any more', () => {
    expect(standingOf([ago(judgingMs - 1, false)], now)).toEqual({ kind: 'wait' });
    expect(standingOf([ago(judgingMs, false)], now)).toEqual({ kind: 'refused', retryAfterMs: windowMs - judgingMs });
  });

  it('is never told to wait longer than a minute', () => {
    expect(standingOf([ago(-500)], now)).toEqual({ kind: 'refused', retryAfterMs: windowMs });
  });
});
