import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { placeInCache } from './packages/data-place.js';
import { endProcesses } from './processes/end-processes.js';

/**
 * Ends the stack in `--dir` when standard input closes, which it does however the process at its other end ends, kill -9
 * included. Until then each line is the number of a process to end.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string' }, ephemeral: { type: 'boolean', default: false } } });
  const { dir, ephemeral } = values;
  if (dir === undefined) throw new Error('usage: node watchdog.js --dir <folder> [--ephemeral]');
  const known: number[] = [];
  for await (const line of createInterface({ input: process.stdin })) known.push(Number(line));
  await endProcesses(dir, { ephemeral, known });
  if (ephemeral) for (const folder of [dir, placeInCache(dir)]) await rm(folder, { recursive: true, force: true });
}

main().catch((error: unknown) => {
  process.stderr.write(`local-stack: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
