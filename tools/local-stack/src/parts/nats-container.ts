import { readFile } from 'node:fs/promises';

import { natsEnvironment, natsPasswords } from '../nats-users.js';
import { natsUsersFile } from '../paths.js';
import { takeFreePort } from '../processes/ports.js';
import { holdsWithin } from '../processes/wait.js';
import type { PartContext, StartedPart } from '../stack-part.js';
import { startContainer } from './container.js';
import { greets, includedUsers, natsConfig } from './nats-server.js';

const image = 'nats:2.12-alpine';
const configFolder = '/etc/relevo';
const configFile = `${configFolder}/nats.conf`;
const data = '/data';
const readyWithinMs = 60_000;

export async function startNatsContainer(context: PartContext): Promise<StartedPart> {
  const port = await takeFreePort(context.ports[0]);
  const environment = natsEnvironment(await natsPasswords(context.dir, context.ephemeral));
  const config = natsConfig({ host: '0.0.0.0', port, store: `${data}/jetstream`, ephemeral: context.ephemeral, natsSilenceSeconds: context.natsSilenceSeconds });
  const users = await readFile(natsUsersFile, 'utf8');
  return startContainer(
    'nats',
    {
      image,
      port,
      url: `nats://127.0.0.1:${port}`,
      data,
      configure: (container) =>
        container
          .withCopyContentToContainer([
            { content: config, target: configFile },
            { content: users, target: `${configFolder}/${includedUsers}` },
          ])
          .withEnvironment(environment)
          .withCommand(['-c', configFile]),
      ready: async () => {
        if (!(await holdsWithin(readyWithinMs, () => greets(port)))) throw new Error(`NATS in Docker does not answer on port ${port}`);
      },
    },
    context,
  );
}
