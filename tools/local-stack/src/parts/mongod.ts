import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { takeFreePort } from '../processes/ports.js';
import { killTree, pauseTree, resumeTree } from '../processes/signals.js';
import { type PartCommand, type PartProcess, readyOrDied, spawnPart } from '../processes/spawn-part.js';
import type { PartContext, StartedPart } from '../stack-part.js';
import { becomePrimary, replicaSet } from './replica-set.js';

/** A `mongod` of this machine as a replica set of one, which transactions need. */
export async function startMongod(program: string, context: PartContext): Promise<StartedPart> {
  const data = join(context.dir, 'mongo');
  await mkdir(data, { recursive: true });
  const port = await takeFreePort(context.ports[0]);
  const command: PartCommand = {
    part: 'mongod',
    command: program,
    args: ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', replicaSet, '--nounixsocket'],
    logFile: join(context.dir, 'mongod.log'),
  };
  const start = async (): Promise<PartProcess> => {
    const started = await spawnPart(context, command);
    await readyOrDied(started, command, (gone) => becomePrimary(port, gone));
    return started;
  };
  let running = await start();
  return {
    via: 'path',
    url: `mongodb://127.0.0.1:${port}/?replicaSet=${replicaSet}`,
    ports: [port],
    kill: () => killTree(running.pid),
    pause: () => pauseTree(running.pid),
    resume: () => Promise.resolve(resumeTree(running.pid)),
    restart: async () => {
      running = await start();
    },
  };
}
