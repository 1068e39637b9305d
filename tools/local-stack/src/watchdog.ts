import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { endStack } from './stack-folder.js';

/**
 * Ends the stack in `--dir` when standard input closes, which it does however the process at its other end ends, kill -9
 * included. Until then each line is the number of a process to end.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string' }, ephemeral: { type: 'boolean', default: false } } });
  const { dir, ephemeral } = values;
  if (dir === undefined) throw new Error('usage: node watchdog.js --dir <folder> [--ephemeral]');
  // Whoever ends all processes in order ends the stack's owner too, and that is the sign to end the rest.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const known: number[] = [];
  for await (const line of createInterface({ input: process.stdin })) known.push(Number(line));
  await endStack(dir, { ephemeral, known });
}

main().catch((error: unknown) => {
  process.stderr.write(`local-stack: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
