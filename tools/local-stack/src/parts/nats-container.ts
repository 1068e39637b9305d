import { freePort } from '../processes/ports.js';
import { holdsWithin } from '../processes/wait.js';
import type { PartContext, StartedPart } from '../stack-part.js';
import { startContainer } from './container.js';
import { greets, natsConfig } from './nats-server.js';

const image = 'nats:2.12-alpine';
const configFile = '/etc/relevo-nats.conf';
const data = '/data';
const readyWithinMs = 30_000;

export async function startNatsContainer(context: PartContext): Promise<StartedPart> {
  const port = await freePort(context.ports[0]);
  return startContainer(
    'nats',
    {
      image,
      port,
      url: `nats://127.0.0.1:${port}`,
      data,
      configure: (container) =>
        container
          .withCopyContentToContainer([{ content: natsConfig('0.0.0.0', port, `${data}/jetstream`), target: configFile }])
          .withCommand(['-c', configFile]),
      ready: async () => {
        if (!(await holdsWithin(readyWithinMs, () => greets(port)))) throw new Error(`NATS in Docker does not answer on port ${port}`);
      },
    },
    context,
  );
}
