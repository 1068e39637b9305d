import { startTestSystem, type TestSystem } from '@relevo/testing';
import { soak } from './soak/soak.js';

/** Two replicas of every service. A thousand schedules: `connections.long-spec.ts`. */
let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ replicas: 2 });
});

afterAll(() => system?.stop());

it('however clients come and go while two teams work, each holds what a fresh one would load, and none got what it may not see', async () => {
  const { resumed, begun, removed, sightChanges } = await soak(system, { kind: 'comings', seed: 7, schedules: 16, lanes: 4 });
  // Else it proves little.
  expect(Math.min(resumed, begun, sightChanges)).toBeGreaterThan(5);
  expect(removed).toBeGreaterThan(1);
}, 600_000);
