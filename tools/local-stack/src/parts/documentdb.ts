import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { DatabaseEngine } from '../packages/database-engine.js';
import { dataPlace } from '../packages/data-place.js';
import { copyTemplate, templateOf } from '../packages/template.js';
import { takeFreePort } from '../processes/ports.js';
import { killTree, pauseTree, resumeTree } from '../processes/signals.js';
import type { PartProcess } from '../processes/spawn-part.js';
import type { PartContext, StartedPart } from '../stack-part.js';
import { primaryReady, startGateway } from './gateway.js';
import { startPostgres } from './postgres.js';

/** PostgreSQL with DocumentDB on data of the stack, made from the template if there is none yet. */
export interface RunningPostgres {
  readonly port: number;
  readonly data: string;
  readonly pid: () => number;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export async function startDocumentDb(engine: DatabaseEngine, context: PartContext): Promise<StartedPart> {
  const [gatewayPort, postgresPort] = [await takeFreePort(context.ports[0]), await takeFreePort(context.ports[1])];
  const logFile = join(context.dir, 'gateway.log');
  const [gateway, postgres] = await Promise.all([
    startGateway(context, gatewayPort, postgresPort, logFile),
    startPostgresPart(engine, context, postgresPort),
  ]);
  await primaryReady(gatewayPort);
  return {
    via: 'packages',
    url: `mongodb://127.0.0.1:${gatewayPort}/?replicaSet=rs0`,
    ports: [gatewayPort, postgresPort],
    // The gateway stays: to clients it is a server that has lost its storage and says so, as a primary that steps down.
    kill: () => postgres.kill(),
    pause: async () => {
      // Both, so that nothing answers and nothing that was sent is still carried out.
      await pauseTree(gateway.pid);
      await pauseTree(postgres.pid());
    },
    resume: () => {
      resumeTree(postgres.pid());
      resumeTree(gateway.pid);
      return Promise.resolve();
    },
    restart: async () => {
      await postgres.restart();
      await primaryReady(gatewayPort);
    },
  };
}

export async function startPostgresPart(engine: DatabaseEngine, context: PartContext, port: number): Promise<RunningPostgres> {
  const data = await dataOf(engine, context);
  const start = (): Promise<PartProcess> => startPostgres(context, engine, { data, logFile: join(context.dir, 'postgres.log'), port });
  let running = await start();
  return {
    port,
    data,
    pid: () => running.pid,
    kill: () => killTree(running.pid),
    restart: async () => {
      running = await start();
    },
  };
}

async function dataOf(engine: DatabaseEngine, context: PartContext): Promise<string> {
  const place = await dataPlace(context.dir, context.onProgress);
  const data = join(place, 'postgres');
  if (existsSync(data)) {
    const major = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
    if (major === String(engine.major)) return data;
    throw new Error(`The data in ${data} are of PostgreSQL ${major}, the engine is ${engine.major}: delete them with "reset"`);
  }
  await mkdir(place, { recursive: true });
  await copyTemplate(await templateOf(engine, (line) => context.onProgress(`engine: ${line}`)), data);
  return data;
}

