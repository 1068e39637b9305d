import { aborted, errorOf, isPassing, type RelevoError, retryAfterOf } from '../api/error.js';
import { type Backoff, waitOf } from '../connection/backoff.js';
import { pause } from './pause.js';

export interface Persistence {
  /** Nobody waits any more: `ABORTED`. */
  readonly signal?: AbortSignal;
  /** Told of each failure that passes, before the next try. */
  readonly onFailure?: (error: RelevoError) => void;
}

const waits: Backoff = { firstMs: 400, longestMs: 10_000 };

/** Asks until it is answered or refused; what passes by itself is asked again, later each time. */
export async function untilAnswered<T>(ask: () => Promise<T>, { signal, onFailure }: Persistence = {}): Promise<T> {
  for (let failures = 0; ; failures++) {
    if (signal?.aborted) throw aborted();
    try {
      return await ask();
    } catch (thrown) {
      const error = errorOf(thrown);
      if (signal?.aborted) throw aborted();
      if (!isPassing(error)) throw error;
      onFailure?.(error);
      await pause(Math.max(waitOf(waits, failures), retryAfterOf(error)), signal);
    }
  }
}
