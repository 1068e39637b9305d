import { takeFreePort } from '../processes/ports.js';
import type { PartContext, StartedPart } from '../stack-part.js';
import { startContainer } from './container.js';
import { becomePrimary, replicaSet } from './replica-set.js';

const image = 'mongo:8.0';

export async function startMongoContainer(context: PartContext): Promise<StartedPart> {
  const port = await takeFreePort(context.ports[0]);
  return startContainer(
    'mongo',
    {
      image,
      port,
      url: `mongodb://127.0.0.1:${port}/?replicaSet=${replicaSet}`,
      data: '/data/db',
      configure: (container) => container.withCommand(['--replSet', replicaSet, '--bind_ip_all', '--port', String(port)]),
      ready: () => becomePrimary(port, AbortSignal.timeout(120_000)),
    },
    context,
  );
}
