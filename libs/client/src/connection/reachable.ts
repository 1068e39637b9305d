import { isPassing, errorOf } from '../api/error.js';
import { pause } from '../commands/pause.js';
import type { Store } from '../store/cell.js';
import { type Backoff, waitOf } from './backoff.js';
import type { LinkState } from './link.js';

const probing: Backoff = { firstMs: 1_000, longestMs: 15_000 };

/** Resolves at the next change, or after some time. */
function changed(store: Store<unknown>, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = store.subscribe(() => {
      end();
      resolve();
    });
    pause(ms, signal).then(resolve, reject).finally(end);
  });
}

/**
 * Resolves when the socket is live, or where it cannot be, when a gateway answers otherwise. So what is written while
 * away is asked for only when it can be, and until then can still be changed.
 */
export async function reachable(link: Store<LinkState>, probe: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ; failures++) {
    const { status } = link.getSnapshot();
    if (status === 'live') return;
    if (status === 'offline' && (await answers(probe))) return;
    await changed(link, waitOf(probing, failures), signal);
  }
}

async function answers(probe: () => Promise<unknown>): Promise<boolean> {
  try {
    await probe();
    return true;
  } catch (error) {
    return !isPassing(errorOf(error));
  }
}
