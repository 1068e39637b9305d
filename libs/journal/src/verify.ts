import { isDeepStrictEqual } from 'node:util';
import type { AggregateState, JournalEntry } from './aggregate.js';
import type { Step } from './outbox.js';

export interface ProjectionVerification {
  checked: number;
  differences: { journal: string; aggregateId: string; difference: string }[];
  nextCursor: string | null;
}

/** A projection may be this far behind while its writer is at work. */
const settleMs = 5_000;

/** How a stored projection differs from its history; null when it does not. */
export function verifyProjection<State extends AggregateState>(
  stored: State | null,
  steps: readonly Step<State, JournalEntry>[],
  now: Date,
): string | null {
  const gap = steps.findIndex(({ entry }, index) => entry.seq !== index + 1);
  if (gap >= 0) return `seq ${gap + 1} is missing`;
  const last = steps.at(-1);
  if (!last) return stored ? 'a projection without a history' : null;
  const behind = last.after.seq - (stored?.seq ?? 0);
  if (behind > 0 && now.getTime() - last.after.at.getTime() > settleMs) return `${behind} entries behind`;
  if (stored === null) return null;
  const rebuilt = steps[stored.seq - 1]?.after;
  if (!rebuilt) return `at seq ${stored.seq}, ahead of its history`;
  if (isDeepStrictEqual(stored, rebuilt)) return null;
  const fields = [...new Set([...Object.keys(stored), ...Object.keys(rebuilt)])] as (keyof State)[];
  return `differs in ${fields.filter((field) => !isDeepStrictEqual(stored[field], rebuilt[field])).join(', ')}`;
}
