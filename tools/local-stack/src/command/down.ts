import { rm } from 'node:fs/promises';

import { endProcesses } from '../processes/end-processes.js';
import { isAlive, processesOf } from '../processes/process-table.js';
import { signal } from '../processes/signals.js';
import { holdsWithin } from '../processes/wait.js';
import { isRunning, readStackRecord, stackFile } from '../stack-file.js';
import type { LocalPlace } from './local-place.js';

const endsWithinMs = 30_000;

export async function down(place: LocalPlace): Promise<number> {
  const record = await readStackRecord(stackFile(place.data));
  if (!isRunning(record)) {
    // The watchdog of a killed run may still be at it.
    await endProcesses(place.data, { ephemeral: false });
    process.stdout.write('not running\n');
  } else {
    signal(record.pid, 'SIGTERM');
    const ended = await holdsWithin(endsWithinMs, () => !isAlive(record.pid) && processesOf(place.data).length === 0);
    if (!ended) throw new Error(`Process ${record.pid} has not ended after ${endsWithinMs / 1000} s`);
    process.stdout.write('stopped\n');
  }
  await rm(place.file, { force: true });
  return 0;
}
