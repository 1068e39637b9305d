import { join } from 'node:path';

import { fromPackages } from './package-cache.js';

/** The program, ready to run: it is linked statically enough for any glibc of the last years. */
export async function natsServerFromPackages(say: (line: string) => void): Promise<string> {
  const root = await fromPackages({ name: 'nats', choose: () => Promise.resolve(['nats-server']) }, say);
  return join(root, 'usr', 'sbin', 'nats-server');
}
