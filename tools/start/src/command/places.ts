import { join, resolve } from 'node:path';
import { workspaceRoot } from '../system/services.js';

/** Everything that a clone keeps of its own runs; nothing of it is ever committed. */
export interface Places {
  readonly local: string;
  readonly data: string;
  readonly logs: string;
  readonly demo: string;
  readonly seed: string;
  readonly running: string;
}

/** `.local` of the clone, unless RELEVO_LOCAL_DIR names another folder (as it does for `npm run stack`). */
export function placesOf(environment: NodeJS.ProcessEnv = process.env): Places {
  const local = resolve(environment.RELEVO_LOCAL_DIR || join(workspaceRoot, '.local'));
  return {
    local,
    data: join(local, 'stack'),
    logs: join(local, 'logs'),
    demo: join(local, 'demo.json'),
    seed: join(local, 'seed'),
    running: join(local, 'start.pid'),
  };
}

export const stackMain = join(workspaceRoot, 'tools', 'local-stack', 'dist', 'main.js');
