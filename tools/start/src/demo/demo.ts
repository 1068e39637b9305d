import { AppError, listChannels } from '@relevo/contracts';
import { ApiClient } from '../client/api-client.js';
import { connectOperator } from '../client/operator.js';
import { almacenSur } from './data/almacen-sur.js';
import { clinicaNorte } from './data/clinica-norte.js';
import { type DemoFile, demoFileOf, type SeededWorkspace } from './demo-file.js';
import { patiently } from './patiently.js';
import { seedWorkspace } from './seed-workspace.js';
import type { DemoWorkspace } from './story.js';
import { tellStories } from './tell-stories.js';

export const demoWorkspaces: readonly DemoWorkspace[] = [almacenSur, clinicaNorte];

export interface SeedOptions {
  readonly natsUrl: string;
  readonly gatewayUrls: readonly string[];
  readonly passwordOf: (email: string) => string;
  readonly onProgress?: (line: string) => void;
}

/** Makes the demo, or as much of it as is not there yet. */
export async function seedDemo({ natsUrl, gatewayUrls, passwordOf, onProgress = () => undefined }: SeedOptions): Promise<DemoFile> {
  const [gatewayUrl] = gatewayUrls;
  if (gatewayUrl === undefined) throw new Error('The demo needs a gateway');
  const operator = await connectOperator(natsUrl);
  try {
    const workspaces: SeededWorkspace[] = [];
    for (const demo of demoWorkspaces) {
      onProgress(`workspace ${demo.name}`);
      const workspace = await seedWorkspace(operator.bus, demo, passwordOf);
      await tellStories(operator.bus, gatewayUrl, workspace, demo.stories, (told) => onProgress(`${told} of ${demo.stories.length} conversations`));
      const { id, name, agents, channels } = workspace;
      workspaces.push({ id, name, agents, channels });
    }
    return demoFileOf(gatewayUrls, workspaces);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CONFLICT') throw error;
    throw new Error('The data hold another edition of the demo. "npm start -- --fresh" begins anew.', { cause: error });
  } finally {
    await operator.close();
  }
}

/** Whether the demo that a former start wrote down is in this system's data: whoever is named there can still sign in. */
export async function isInPlace(gatewayUrl: string, { workspaces }: DemoFile): Promise<boolean> {
  const checks = workspaces.map(async ({ agents, channels }) => {
    const [agent] = agents;
    if (agent === undefined) return false;
    const client = await patiently(() => ApiClient.login(gatewayUrl, agent));
    const { items } = await patiently(() => client.call(listChannels, {}));
    return channels.every(({ id }) => items.some((channel) => channel.id === id));
  });
  try {
    return (await Promise.all(checks)).every(Boolean);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return false;
    throw error;
  }
}
