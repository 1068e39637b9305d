import { mongoInDocker, natsInDocker } from './docker.js';
import { environmentWay } from './environment.js';
import { mongodOnPath, natsOnPath } from './on-path.js';
import { databasePackagesWay, natsPackageWay } from './packages.js';
import type { Way } from './resolve.js';

/** In order: what somebody chose, what is MongoDB itself, what is only compatible with it. */
export function databaseWays(urls: NodeJS.ProcessEnv, say: (line: string) => void): readonly Way[] {
  return [environmentWay('MONGO_URL', urls), mongoInDocker(process.env), mongodOnPath(process.env['PATH']), databasePackagesWay(say)];
}

export function natsWays(urls: NodeJS.ProcessEnv, say: (line: string) => void): readonly Way[] {
  return [environmentWay('NATS_URL', urls), natsInDocker(process.env), natsOnPath(process.env['PATH']), natsPackageWay(say)];
}
