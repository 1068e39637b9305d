import { createHash } from 'node:crypto';

import type { GenericContainer } from 'testcontainers';

import type { PartContext, StartedPart } from '../stack-part.js';

export interface ContainerPart {
  readonly image: string;
  /** The same inside and outside: a replica set tells its clients the inner one. */
  readonly port: number;
  readonly url: string;
  /** The folder of the data in the container. */
  readonly data: string;
  readonly configure: (container: GenericContainer) => GenericContainer;
  /** Until it serves. */
  readonly ready: () => Promise<void>;
}

const cleanEndWithinMs = 15_000;

/** The name of the volume with a part's data: by the stack's folder, so that every start finds it again. */
export const volumeOf = (dir: string, part: string): string => `relevo-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}-${part}`;

/** A container that ends with this process: testcontainers' reaper sees to it, kill -9 included. */
export async function startContainer(name: 'nats' | 'mongo', part: ContainerPart, context: PartContext): Promise<StartedPart> {
  // Only here: it takes most of a second to load, which the other ways shall not pay.
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  context.onProgress(`${name}: starting ${part.image} in Docker`);
  // Docker would publish the port on every address of the machine, and neither server asks who comes.
  class LocalContainer extends GenericContainer {
    protected override beforeContainerCreated(): Promise<void> {
      this.hostConfig.PortBindings = { [`${part.port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: String(part.port) }] };
      return Promise.resolve();
    }
  }
  const container = part
    .configure(new LocalContainer(part.image))
    .withExposedPorts({ container: part.port, host: part.port })
    .withWaitStrategy(Wait.forListeningPorts());
  // A volume with a name is not the reaper's, one without goes with its container.
  if (!context.ephemeral) container.withBindMounts([{ source: volumeOf(context.dir, name), target: part.data, mode: 'rw' }]);
  const started = await container.start();
  await part.ready();
  const handle = (await getContainerRuntimeClient()).container.getById(started.getId());
  return {
    via: 'docker',
    url: part.url,
    ports: [part.port],
    kill: async () => void (await handle.kill()),
    pause: async () => void (await handle.pause()),
    resume: async () => void (await handle.unpause()),
    restart: async () => {
      await handle.start();
      await part.ready();
    },
    stop: async () => void (await started.stop({ timeout: cleanEndWithinMs })),
  };
}

/** Deletes what a kept stack left in Docker; nothing if there is nothing. */
export async function removeVolumes(dir: string): Promise<void> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { dockerode } = (await getContainerRuntimeClient()).container;
  for (const part of ['nats', 'mongo']) {
    await dockerode
      .getVolume(volumeOf(dir, part))
      .remove()
      .catch((error: unknown) => {
        if ((error as { statusCode?: unknown }).statusCode !== 404) throw error;
      });
  }
}
