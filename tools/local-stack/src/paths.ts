import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

// The same from src/ (in tests) and from dist/.
const packageRoot = join(import.meta.dirname, '..');

export const workspaceRoot = join(packageRoot, '..', '..');

/** Who may do what on NATS, the same in a deployment. */
export const natsUsersFile = join(workspaceRoot, 'deploy', 'nats', 'users.conf');

/** Processes of ours run what was built: Node cannot run src/ as it stands. */
export const watchdogMain = join(packageRoot, 'dist', 'watchdog.js');
export const stackMain = join(packageRoot, 'dist', 'main.js');
export const gatewayMain = join(packageRoot, '..', 'documentdb-gateway', 'dist', 'main.js');

export const isRoot = process.getuid?.() === 0;

/** Shared by all clones of a user, unless RELEVO_CACHE_DIR names another. As root outside the home, which the user that PostgreSQL then runs as cannot read. */
export function cacheDir(environment: NodeJS.ProcessEnv = process.env): string {
  const told = environment['RELEVO_CACHE_DIR'];
  if (told) return resolve(told);
  if (isRoot) return '/var/cache/relevo';
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'relevo');
}
