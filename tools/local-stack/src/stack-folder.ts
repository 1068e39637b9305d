import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { withoutPassword } from './nats-users.js';
import { placeInCache } from './packages/data-place.js';
import { type Ending, endProcesses, watchdogPart } from './processes/end-processes.js';
import { processesOf } from './processes/process-table.js';
import { killTree } from './processes/signals.js';
import { isRunning, type StackRecord } from './stack-file.js';

/** Its watchdog removes it. */
export async function throwAwayFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'relevo-stack-'));
  // As root PostgreSQL runs as another user, who has to pass through.
  await chmod(dir, 0o711);
  return realpath(dir);
}

/** Under its real path: by that its processes are found again. */
export async function keptFolder(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  return realpath(dataDir);
}

/** Ends what a run left that was killed together with its watchdog, or that is still busy ending; fails if the stack runs. */
export async function clearLeftovers(dir: string, before: StackRecord | undefined): Promise<void> {
  if (isRunning(before) && processesOf(dir).length > 0) {
    throw new Error(`A stack with the data in ${dir} runs already, as part of process ${before.pid}: ${withoutPassword(before.natsUrl)} ${before.mongoUrl}`);
  }
  for (const { pid, part } of processesOf(dir)) if (part === watchdogPart) await killTree(pid);
  await endProcesses(dir, { ephemeral: false });
}

/** Ends the stack's processes, and removes throw-away data. */
export async function endStack(dir: string, ending: Ending): Promise<void> {
  await endProcesses(dir, ending);
  if (ending.ephemeral) for (const folder of [dir, placeInCache(dir)]) await rm(folder, { recursive: true, force: true });
}
