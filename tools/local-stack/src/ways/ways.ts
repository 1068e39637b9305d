import { environmentWay } from './environment.js';
import { databasePackagesWay, natsPackageWay } from './packages.js';
import type { Way } from './resolve.js';

/** In order: what somebody chose, what is MongoDB itself, what is only compatible with it. */
export function databaseWays(environment: NodeJS.ProcessEnv, say: (line: string) => void): readonly Way[] {
  return [environmentWay('MONGO_URL', environment), databasePackagesWay(say)];
}

export function natsWays(environment: NodeJS.ProcessEnv, say: (line: string) => void): readonly Way[] {
  return [environmentWay('NATS_URL', environment), natsPackageWay(say)];
}
