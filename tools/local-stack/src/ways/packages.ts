import { suite } from '../packages/apt.js';
import { databaseEngine } from '../packages/database-engine.js';
import { natsServerFromPackages } from '../packages/nats-package.js';
import { startDocumentDb } from '../parts/documentdb.js';
import { startNatsServer } from '../parts/nats-server.js';
import type { Start, Way } from './resolve.js';

const advice = `Linux on x64 with Debian's apt, whose ${suite} packages are unpacked without root, or were before`;

export function natsPackageWay(say: (line: string) => void): Way {
  return way(async () => {
    const program = await natsServerFromPackages((line) => say(`nats: ${line}`));
    return (context) => startNatsServer(program, 'packages', context);
  });
}

export function databasePackagesWay(say: (line: string) => void): Way {
  return way(async () => {
    const engine = await databaseEngine((line) => say(`engine: ${line}`));
    return (context) => startDocumentDb(engine, context);
  });
}

/** A download that fails is a way that is closed: the error then lists the others. */
function way(prepare: () => Promise<Start>): Way {
  return {
    via: 'packages',
    advice,
    find: () => prepare().catch((error: unknown) => ({ because: error instanceof Error ? error.message : String(error) })),
  };
}
