import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

import { cacheDir } from '../paths.js';
import { barrierTo, makeOpenFolder } from './run-as.js';

/**
 * The folder for PostgreSQL's data: the stack's own, unless this is root and the way there is closed to the user that
 * PostgreSQL runs as (a clone in /root): then one in the cache, the same at every start.
 */
export async function dataPlace(stackDir: string, say: (line: string) => void): Promise<string> {
  const barrier = await barrierTo(stackDir);
  if (barrier === undefined) return stackDir;
  const place = placeInCache(stackDir);
  for (const folder of [cacheDir(), dirname(place), place]) await makeOpenFolder(folder);
  say(`the database's data go to ${place}: PostgreSQL does not run as root, and nobody else may enter ${barrier}`);
  return place;
}

export function placeInCache(stackDir: string): string {
  return join(cacheDir(), 'data', createHash('sha256').update(stackDir).digest('hex').slice(0, 12));
}
