/** One try at a pair of email and address, kept for the window it counts in. */
export interface Attempt {
  id: string;
  at: Date;
  /** False while the password is being judged. */
  failed: boolean;
}

/** The window of "10 failed logins a minute". */
export const windowMs = 60_000;

/** A gateway that died while judging leaves its attempt open; after this it counts as failed. Longer than any judging takes. */
export const judgingMs = 10_000;

export type Standing =
  /** Some count no more: they make room. */
  | { readonly kind: 'stale' }
  /** As many are under way as may fail: what comes of them decides. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'refused'; readonly retryAfterMs: number };

export const staleBefore = (now: Date): Date => new Date(now.getTime() - windowMs);

/** What a full record means at this time to one more attempt. */
export function standingOf(attempts: readonly Attempt[], now: Date): Standing {
  const ages = attempts.map(({ at }) => now.getTime() - at.getTime());
  if (ages.some((age) => age >= windowMs)) return { kind: 'stale' };
  if (attempts.some(({ failed }, index) => !failed && (ages[index] ?? 0) < judgingMs)) return { kind: 'wait' };
  // Never more than the window, though another replica's estimate of the time be ahead of this one's.
  return { kind: 'refused', retryAfterMs: Math.min(windowMs, windowMs - Math.max(...ages)) };
}
