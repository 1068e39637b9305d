import { startTestSystem, type TestSystem } from '@relevo/testing';
import { Control } from './model/control.js';
import { modelSettings } from './model/settings.js';
import { faults } from './model/faults.js';
import { firstDifference, search } from './model/search.js';

/** Two replicas of every service. 200 runs: `model.long-spec.ts`. */
const control = new Control();
let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem(modelSettings(control));
});

afterAll(async () => {
  await system?.stop();
  control.remove();
});

const seeded = { seed: 11, runs: 2, steps: 60 };
/** As many as it takes to see a fault: an order that the next entry sets right again is seen by whoever looks between the two. */
const searched = { ...seeded, runs: 12 };

it('whatever agents, customers and the scheduler do, two replicas show what the model says: assignee, unread, waiting, order, trays, counters, visibility', async () => {
  const { refused, races, entries } = await search(system, control, seeded);
  // Else it proves little.
  expect(refused).toBeGreaterThan(20);
  expect(races).toBeGreaterThan(5);
  expect(entries).toBeGreaterThan(80);
}, 600_000);

describe('a fault planted in both replicas is found, and told for what it is:', () => {
  afterEach(() => control.plant(null));

  it.each(faults)('%s', async (fault) => {
    control.plant(fault);
    const difference = await firstDifference(system, control, searched);
    expect(difference?.aspect).toBe(fault);
  }, 600_000);
});
