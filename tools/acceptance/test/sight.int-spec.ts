import { startTestSystem, type TestSystem } from '@relevo/testing';
import { soak } from './soak/soak.js';

/** Two workspaces side by side on two replicas of every service. More of it: `sight.long-spec.ts`. */
let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ replicas: 2 });
});

afterAll(() => system?.stop());

it('search, lists, counters, timelines and live events of an agent never contain what the agent may not see, while teams and roles change', async () => {
  const { answers, shown, refusals, sightChanges, removed } = await soak(system, { kind: 'changes', seed: 11, schedules: 4, lanes: 2 });
  // Else it proves little.
  expect(answers).toBeGreaterThan(80);
  expect(shown).toBeGreaterThan(60);
  expect(Math.min(refusals, sightChanges)).toBeGreaterThan(5);
  expect(removed).toBeGreaterThan(0);
}, 600_000);
