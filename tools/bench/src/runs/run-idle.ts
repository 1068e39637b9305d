import { ApiClient } from '@relevo/start';
import { type MemoryProbe, seedWorkspace } from '@relevo/testing';
import type { Bench } from './run.js';
import { startFloor } from '../floor/start-floor.js';
import { type FreshGateway, type IdleResult, measureIdle } from '../scenarios/idle.js';
import type { Place } from '../scenarios/line.js';
import type { Product } from '../scenarios/product.js';

/** Agents of one workspace, signed in: their tokens outlive the gateway's restarts. */
async function signIn({ operator, gatewayUrl }: Product, agents: number): Promise<Place[]> {
  const names = Array.from({ length: agents }, (_, index) => `agent${index + 1}`);
  const workspace = await seedWorkspace(operator, { teams: ['sales'], agents: Object.fromEntries(names.map((name) => [name, { teams: ['sales'] as const }])) });
  const places: Place[] = [];
  for (const credentials of Object.values(workspace.agents)) {
    const client = await ApiClient.login(gatewayUrl, credentials);
    places.push({ url: `${gatewayUrl}/agent`, token: client.session.accessToken });
  }
  return places;
}

export async function runIdle({ stack, plan: { idle: plan }, progress, databasePrefix }: Bench, product: Product, probe: MemoryProbe): Promise<IdleResult> {
  const places = await progress.step('agents', () => signIn(product, plan.agents), (all) => `${all.length} signed in`);
  const subject = async (): Promise<FreshGateway> => {
    await product.system.restart('gateway', 1);
    const pid = product.system.processes.find(({ service }) => service === 'gateway')?.pid;
    if (pid === undefined) throw new Error('The gateway does not run');
    return { places, memory: () => probe.read(pid), stop: () => Promise.resolve() };
  };
  const reference = async (): Promise<FreshGateway> => {
    const floor = await startFloor({ stack, database: `${databasePrefix}_floor`, env: probe.env });
    return { places: places.map(() => ({ url: floor.gatewayUrl })), memory: () => probe.read(floor.gatewayPid), stop: () => floor.stop() };
  };
  return progress.step(
    'idle',
    (say) => measureIdle({ subject, reference }, plan, (round) => say(`${plan.sockets} sockets, round ${round} of ${plan.rounds}`)),
    ({ liveBytesPerSocket: { subject: product, reference: floor } }) => `${(product.median / 1000).toFixed(1)} kB a socket, ${(floor.median / 1000).toFixed(1)} kB of bare Socket.IO`,
  );
}
