import { startTestSystem, type TestSystem } from '@relevo/testing';
import { Control } from './model/control.js';
import { search } from './model/search.js';
import { modelSettings } from './model/settings.js';

/** Other scenarios each time; to play the same again, give the seed that a failure named. */
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000_000);
const runs = Number(process.env.MODEL_RUNS ?? 200);

const control = new Control();
let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem(modelSettings(control));
});

afterAll(async () => {
  await system?.stop();
  control.remove();
});

it(`${runs} runs of 100 commands from seed ${seed}: two replicas show what the model says`, async () => {
  const counts = await search(system, control, { seed, runs, steps: 100 });
  console.info(`seed ${seed}, ${runs} runs: ${JSON.stringify(counts)}`);
  expect(counts.entries).toBeGreaterThan(runs * 40);
}, 3_600_000);
