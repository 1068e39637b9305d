import { startTestSystem, type TestSystem } from '@relevo/testing';
import { soak } from './soak/soak.js';

/** Other schedules each time; to play the same again, give the seed that a failure named. */
const seed = Number(process.env.SIGHT_SEED ?? Date.now() % 1_000_000_000);
const schedules = Number(process.env.SIGHT_SCHEDULES ?? 200);

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ replicas: 2 });
});

afterAll(() => system?.stop());

it(`${schedules} schedules from seed ${seed}: no answer, counter or live event contains what the agent may not see`, async () => {
  const counts = await soak(system, { kind: 'changes', seed, schedules, lanes: 2 });
  console.info(`seed ${seed}, ${schedules} schedules: ${JSON.stringify(counts)}`);
  expect(Math.min(counts.shown, counts.answers)).toBeGreaterThan(schedules * 20);
  expect(Math.min(counts.refusals, counts.sightChanges, counts.removed)).toBeGreaterThan(schedules / 2);
}, 3_600_000);
