import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { makeOpenFolder } from './run-as.js';

/**
 * Runs `work` while no other process changes the cache. The lock is the kernel's, held by a `flock` that ends when its
 * standard input closes: a process killed with -9 lets go of it, so there are no stale locks to find out about.
 */
export async function withCacheLock<T>(cache: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  await makeOpenFolder(cache);
  const holder = spawn('flock', [join(cache, 'lock'), '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const held = Promise.race([
    once(holder.stdout, 'data'),
    once(holder, 'exit').then(([code]) => Promise.reject(new Error(`flock ended with ${code}`))),
  ]);
  const notice = setTimeout(onWait, 1_000);
  try {
    await held;
    clearTimeout(notice);
    return await work();
  } finally {
    clearTimeout(notice);
    holder.stdin.end();
  }
}
