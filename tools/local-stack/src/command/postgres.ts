import { createInterface } from 'node:readline';

import { databaseEngine } from '../packages/database-engine.js';
import { startPostgresPart } from '../parts/documentdb.js';
import { takeFreePort } from '../processes/ports.js';
import { Watchdog } from '../processes/watchdog-process.js';
import { endStack, throwAwayFolder } from '../stack-folder.js';

/**
 * PostgreSQL with DocumentDB alone, on throw-away data, until standard input closes; for the gateway's own tests. Says
 * where it is in a line of JSON, and again after each line `restart`, which starts a killed one.
 */
export async function throwAwayPostgres(): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const engine = await databaseEngine((line) => say(`engine: ${line}`));
  const dir = await throwAwayFolder();
  const watchdog = await Watchdog.start(dir, true);
  try {
    const context = { dir, ephemeral: true, ports: [], onProgress: say, watch: watchdog.watch };
    const postgres = await startPostgresPart(engine, context, await takeFreePort());
    const announce = (): void => {
      const place = { postgresPort: postgres.port, pid: postgres.pid(), dataDir: postgres.data };
      process.stdout.write(`${JSON.stringify(place)}\n`);
    };
    announce();
    for await (const line of createInterface({ input: process.stdin })) {
      if (line !== 'restart') continue;
      await postgres.kill();
      await postgres.restart();
      announce();
    }
  } finally {
    if (!(await watchdog.release())) await endStack(dir, { ephemeral: true });
  }
  return 0;
}
