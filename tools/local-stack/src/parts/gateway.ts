import { once } from 'node:events';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { gatewayMain } from '../paths.js';
import { type PartCommand, type PartProcess, readyOrDied, spawnPart } from '../processes/spawn-part.js';
import { holdsWithin } from '../processes/wait.js';
import type { PartContext } from '../stack-part.js';
import { isPrimary } from './primary.js';

const primaryWithinMs = 60_000;

/** MongoDB's wire protocol in front of PostgreSQL; listens whether or not that is up yet. */
export async function startGateway(context: Pick<PartContext, 'dir' | 'watch'>, port: number, postgresPort: number, logFile: string): Promise<PartProcess> {
  const command: PartCommand = {
    part: 'gateway',
    command: process.execPath,
    args: [gatewayMain, '--port', String(port), '--postgres', String(postgresPort)],
    logFile,
    pipes: true,
  };
  const started = await spawnPart(context, command);
  const { stdout, stdin } = started.child;
  if (stdout === null || stdin === null) throw new Error('The gateway was started without its pipes');
  // It ends by itself when this process does; a write to its closed pipe is no reason for us to fail.
  stdin.on('error', () => undefined);
  await readyOrDied(started, command, async () => {
    await once(createInterface({ input: stdout }), 'line');
  });
  // Open until this process ends, but no reason for it to go on.
  for (const pipe of [stdin, stdout]) if (pipe instanceof Socket) pipe.unref();
  return started;
}

/** Until clients find a primary, which the gateway is as soon as it has found PostgreSQL. */
export async function primaryReady(port: number): Promise<void> {
  const ready = await holdsWithin(primaryWithinMs, () => isPrimary(port));
  if (!ready) throw new Error(`The database behind 127.0.0.1:${port} is no primary after ${primaryWithinMs / 1000} s`);
}

