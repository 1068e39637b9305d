import { type ProjectionDifference, type VerificationReport, verifyProjections } from '@relevo/contracts';
import { systemCaller } from '@relevo/messaging';
import { seedWorkspace, startTestSystem, type TestSystem, type TestSystemOptions } from '@relevo/testing';
import type { ChannelKey, Credentials } from './outsider.js';

/** The built services as processes on an engine of their own, with one workspace of three agents and a channel. */
export interface System extends Pick<TestSystem, 'running' | 'stack' | 'deadLetters'> {
  readonly gatewayUrls: readonly string[];
  readonly agents: readonly Credentials[];
  readonly channel: ChannelKey;
  /** What rebuilding every journal of every service says of the stored projections. */
  projectionDifferences(): Promise<ProjectionDifference[]>;
  stop(): Promise<void>;
}

/** What is down is found out about as soon as it is promised; other tests bear with a machine that is late. */
export const asInProduction = { env: { OUTAGE_MS: '', REQUEST_TIMEOUT_MS: '' }, natsSilenceSeconds: 4 };

export async function startSystem(replicas: TestSystemOptions['replicas'], { env, ...options }: Pick<TestSystemOptions, 'env' | 'natsSilenceSeconds'> = {}): Promise<System> {
  // `Load` writes to one channel as fast as it is answered.
  const system = await startTestSystem({ ...options, replicas, env: { INBOUND_PER_SECOND: '1000000', INBOUND_BURST: '1000000', ...env } });
  try {
    const { agents, channels } = await seedWorkspace(system, { agents: { ana: {}, beto: {}, carla: {} }, channels: { api: {} } });
    return {
      running: system.running,
      stack: system.stack,
      deadLetters: system.deadLetters,
      gatewayUrls: system.running.gatewayUrls,
      agents: Object.values(agents),
      channel: channels.api,
      projectionDifferences: () => projectionDifferencesOf(system),
      stop: () => system.stop(),
    };
  } catch (error) {
    await system.stop();
    throw error;
  }
}

/** Of a hundred histories, on a busy machine. */
const verifyWithinMs = 60_000;

/** What rebuilding every journal of every service says of the stored projections. */
export async function projectionDifferencesOf({ bus }: Pick<TestSystem, 'bus'>): Promise<ProjectionDifference[]> {
  const found: ProjectionDifference[] = [];
  for (const verify of Object.values(verifyProjections)) {
    let cursor: string | null = null;
    do {
      const page: VerificationReport = await bus.request(verify, { limit: 100, ...(cursor !== null && { cursor }) }, systemCaller('test'), verifyWithinMs);
      found.push(...page.differences);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return found;
}
