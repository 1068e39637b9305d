import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { UsageError } from './arguments.js';
import { type Places, stackMain } from './places.js';

const run = promisify(execFile);

/** Forgets all data, the way `npm run stack -- reset` does. A server of somebody else's is not ours to empty. */
export async function reset({ demo }: Places, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const foreign = ['NATS_URL', 'MONGO_URL'].filter((name) => environment[name]?.trim());
  if (foreign.length > 0) throw new UsageError(`--fresh empties only the engine that npm start runs itself, and ${foreign.join(' and ')} name another.`);
  await run(process.execPath, [stackMain, 'reset', '--yes'], { env: environment });
  await rm(demo, { force: true });
}
