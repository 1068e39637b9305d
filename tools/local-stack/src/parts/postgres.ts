import { existsSync } from 'node:fs';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { DatabaseEngine } from '../packages/database-engine.js';
import { settingsFile, settingsText } from '../packages/postgres-settings.js';
import { databaseUser } from '../packages/run-as.js';
import { type PartCommand, type PartProcess, readyOrDied, spawnPart } from '../processes/spawn-part.js';
import { holdsWithin } from '../processes/wait.js';
import type { PartContext } from '../stack-part.js';

// Recovery after kill -9 of a busy database included.
const readyWithinMs = 120_000;

export interface PostgresPlace {
  readonly data: string;
  readonly logFile: string;
  readonly port: number;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts it on existing data of which no other PostgreSQL is running, and waits until it accepts connections. */
export async function startPostgres(context: Pick<PartContext, 'dir' | 'watch'>, engine: DatabaseEngine, place: PostgresPlace): Promise<PartProcess> {
  const pidFile = join(place.data, 'postmaster.pid');
  // Left by kill -9. PostgreSQL itself would refuse if another process has that number by now.
  await rm(pidFile, { force: true });
  const settings = join(place.data, settingsFile);
  await writeFile(settings, settingsText(place.settings));
  await writeFile(place.logFile, '', { flag: 'a' });
  // Whatever root's umask.
  if (databaseUser) for (const file of [settings, place.logFile]) await chown(file, databaseUser.uid, databaseUser.gid);
  const command: PartCommand = {
    part: 'postgres',
    command: engine.postgres,
    args: ['-D', place.data, '-p', String(place.port)],
    logFile: place.logFile,
    user: databaseUser,
  };
  const started = await spawnPart(context, command);
  await readyOrDied(started, command, async (gone) => {
    const ready = await holdsWithin(readyWithinMs, async () => gone.aborted || (await saysReady(pidFile)));
    if (!ready) throw new Error(`PostgreSQL is not ready after ${readyWithinMs / 1000} s, see ${place.logFile}`);
  });
  return started;
}

/** Line 8 of the file is what `pg_ctl -w` waits for. */
async function saysReady(pidFile: string): Promise<boolean> {
  if (!existsSync(pidFile)) return false;
  return (await readFile(pidFile, 'utf8')).split('\n')[7]?.trim() === 'ready';
}
