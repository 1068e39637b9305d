import { startTestSystem, type TestSystem } from '@relevo/testing';
import { soak } from './soak/soak.js';

/** Other schedules each time; to play the same again, give the seed that a failure named. */
const seed = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000_000);
const schedules = Number(process.env.SOAK_SCHEDULES ?? 1000);

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ replicas: 2 });
});

afterAll(() => system?.stop());

it(`${schedules} schedules from seed ${seed}: each client holds what a fresh one would load, and none got what it may not see`, async () => {
  const counts = await soak(system, { kind: 'comings', seed, schedules, lanes: 4 });
  console.info(`seed ${seed}, ${schedules} schedules: ${JSON.stringify(counts)}`);
  expect(Math.min(counts.resumed, counts.begun, counts.sightChanges)).toBeGreaterThan(schedules / 2);
  expect(counts.removed).toBeGreaterThan(schedules / 8);
}, 3_600_000);
