import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { Client } from 'pg';

import { startPostgres } from '../parts/postgres.js';
import { cacheDir } from '../paths.js';
import { giveBackPort, takeFreePort } from '../processes/ports.js';
import { run } from '../processes/run.js';
import { signal } from '../processes/signals.js';
import { withCacheLock } from './cache-lock.js';
import type { DatabaseEngine } from './database-engine.js';
import { preparation, removal, settingsFile, settingsText, walSegmentMegabytes } from './postgres-settings.js';
import { databaseUser, giveToDatabase } from './run-as.js';
import { makeFolder } from './unpack.js';

const initdbOptions = ['-U', 'postgres', '-A', 'trust', '--no-locale', '-E', 'UTF8', '--no-instructions', '--no-sync', `--wal-segsize=${walSegmentMegabytes}`];

const whileMaking = {
  // The least that PostgreSQL takes, so that a copy is little more than the tables.
  min_wal_size: `${2 * walSegmentMegabytes}MB`,
  max_wal_size: `${2 * walSegmentMegabytes}MB`,
  // Nobody sees it before it is whole, and then all is written out at once.
  fsync: 'off',
};

/** A data directory with everything created and cleanly stopped, made once per engine: the copies start in an instant. */
export async function templateOf(engine: DatabaseEngine, say: (line: string) => void): Promise<string> {
  const recipe = JSON.stringify([initdbOptions, settingsText(), removal, preparation, databaseUser ?? null]);
  const cache = cacheDir();
  const folder = join(cache, `template-${engine.key}-${createHash('sha256').update(recipe).digest('hex').slice(0, 8)}`);
  const data = join(folder, 'data');
  if (existsSync(data)) return data;
  const wait = (): void => say('waiting for another process that makes the template');
  await withCacheLock(cache, wait, async () => {
    if (existsSync(data)) return;
    say('making the template of a database');
    await makeFolder(folder, (making) => makeTemplate(engine, making));
  });
  return data;
}

async function makeTemplate(engine: DatabaseEngine, folder: string): Promise<void> {
  const data = join(folder, 'data');
  await mkdir(data);
  await giveToDatabase(data);
  await run(engine.initdb, ['-D', data, ...initdbOptions], { cwd: '/', ...databaseUser });
  await appendFile(join(data, 'postgresql.conf'), `include '${settingsFile}'\n`);
  await during(engine, folder, { ...whileMaking, shared_preload_libraries: '' }, removal);
  await during(engine, folder, whileMaking, preparation);
  await run(engine.initdb, ['-D', data, '--sync-only'], { cwd: '/', ...databaseUser });
}

/** Runs the statements on the template's data, between a start and a clean stop. */
async function during(engine: DatabaseEngine, folder: string, settings: Record<string, string>, statements: readonly string[]): Promise<void> {
  const place = { data: join(folder, 'data'), logFile: join(folder, 'postgres.log'), port: await takeFreePort(), settings };
  const postgres = await startPostgres({ dir: folder, watch: () => undefined }, engine, place);
  const client = new Client({ host: '127.0.0.1', port: place.port, user: 'postgres', database: 'postgres' });
  // What fails is told by the statement; a server that goes away later is no news here.
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
    signal(postgres.pid, 'SIGINT');
    await postgres.ended;
    giveBackPort(place.port);
  }
}

/** Makes `data` from the template; the folder that it goes into exists. */
export async function copyTemplate(template: string, data: string): Promise<void> {
  // In one step under its name, so that a killed copy is not taken for data.
  const copying = `${data}.copying`;
  await rm(copying, { recursive: true, force: true });
  await run('cp', ['-a', '--reflink=auto', template, copying]);
  await rename(copying, data);
}
