import { isAlive, isStopped, treeOf } from './process-table.js';
import { holdsWithin } from './wait.js';

const killedWithinMs = 60_000;
const pausedWithinMs = 60_000;

/** Does nothing for a process that is gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** kill -9 of a process and its children; resolves when none is left. */
export async function killTree(pid: number): Promise<void> {
  // Stopped first, so that it starts no more children while they are counted.
  signal(pid, 'SIGSTOP');
  const tree = treeOf(pid);
  for (const member of tree.toReversed()) signal(member, 'SIGKILL');
  const gone = await holdsWithin(killedWithinMs, () => !tree.some(isAlive));
  if (!gone) throw new Error(`Process ${pid} or one of its children is still there after kill -9`);
}

/** Parents first: a stopped parent starts no more children. Resolves when all stand still: a signal takes a moment to arrive. */
export async function pauseTree(pid: number): Promise<void> {
  signal(pid, 'SIGSTOP');
  const tree = treeOf(pid);
  for (const member of tree) signal(member, 'SIGSTOP');
  const still = await holdsWithin(pausedWithinMs, () => tree.every(isStopped));
  if (!still) throw new Error(`Process ${pid} or one of its children goes on after SIGSTOP`);
}

/** Children first, so that the parent finds them running. */
export function resumeTree(pid: number): void {
  for (const member of treeOf(pid).toReversed()) signal(member, 'SIGCONT');
}
