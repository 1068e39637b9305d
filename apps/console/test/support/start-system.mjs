import { startTestSystem } from '@relevo/testing';

/**
 * Before all specs of a run: one system for those that do not kill it, each of which works in workspaces of its own.
 * They may be other processes, so where it is stands in the environment (`system.ts` reads it).
 */
export default async function startSystem() {
  const system = await startTestSystem({ serviceEnv: { gateway: { DEMO_PAGE: 'true' } } });
  globalThis.relevoTestSystem = system;
  process.env.RELEVO_TEST_SYSTEM = JSON.stringify(system.address);
}
