import { isAlive, processesOf, type StackProcess } from './process-table.js';
import { killTree, resumeTree, signal } from './signals.js';
import { holdsWithin } from './wait.js';

/** Longest wait for a clean end; PostgreSQL writes out what is only in its log. */
const cleanEndWithinMs = 15_000;

export const watchdogPart = 'watchdog';

export interface Ending {
  /** Throw-away data need no checkpoint. */
  readonly ephemeral: boolean;
  /** Processes known by number, for systems on which `processesOf` finds none. */
  readonly known?: readonly number[];
}

/** Ends every process of the stack in `dir`, whoever started it and whatever state it is in, except this one and `watchdogPart`. */
export async function endProcesses(dir: string, { ephemeral, known = [] }: Ending): Promise<void> {
  const found = processesOf(dir).filter(({ part }) => part !== watchdogPart);
  const pids = new Set(found.map(({ pid }) => pid));
  const unknown = known.filter((pid) => isAlive(pid) && !pids.has(pid)).map((pid) => ({ pid, part: '' }));
  // PostgreSQL's postmaster ends its children itself, in order.
  const roots = [...found.filter(({ parent }) => !pids.has(parent)), ...unknown];
  for (const root of roots) {
    // A paused process would get the signal only when it goes on.
    resumeTree(root.pid);
    signal(root.pid, endingSignal(root, ephemeral));
  }
  const ended = await holdsWithin(cleanEndWithinMs, () => ![...pids].some(isAlive) && !unknown.some(({ pid }) => isAlive(pid)));
  if (!ended) for (const pid of [...pids, ...unknown.map((each) => each.pid)]) if (isAlive(pid)) await killTree(pid);
}

/** For PostgreSQL SIGTERM waits for its clients, SIGINT does not, SIGQUIT leaves out the checkpoint too. */
function endingSignal({ part }: Pick<StackProcess, 'part'>, ephemeral: boolean): NodeJS.Signals {
  if (part !== 'postgres') return 'SIGTERM';
  return ephemeral ? 'SIGQUIT' : 'SIGINT';
}
