import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { workspaceRoot } from '../paths.js';

/** Where the clone's own stack is. */
export interface LocalPlace {
  readonly data: string;
  /** A copy of the running stack's `stack.json`, at a place that never changes. */
  readonly file: string;
  readonly log: string;
}

/** `.local` of the clone, unless RELEVO_LOCAL_DIR names another folder. */
export function localPlace(environment: NodeJS.ProcessEnv = process.env): LocalPlace {
  const local = resolve(environment['RELEVO_LOCAL_DIR'] || join(workspaceRoot, '.local'));
  const data = join(local, 'stack');
  // Its processes know it by its real path.
  return { data: existsSync(data) ? realpathSync(data) : data, file: join(local, 'stack.json'), log: join(local, 'stack.log') };
}
