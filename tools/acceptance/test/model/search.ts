import type { TestSystem } from '@relevo/testing';
import { type Scenario, scenarios } from './commands.js';
import type { Control } from './control.js';
import { Difference } from './difference.js';
import { run, type RunCounts } from './run.js';

export interface Search {
  readonly seed: number;
  readonly runs: number;
  readonly steps: number;
}

/** Whatever fails is made smaller for so long at most. */
const shrinkMs = 120_000;

/** Plays seeded scenarios one after the other. Fails with the first difference, its seed, and the fewest steps found that show it. */
export async function search(system: TestSystem, control: Control, { seed, runs, steps }: Search): Promise<RunCounts> {
  const counts: RunCounts = { steps: 0, refused: 0, entries: 0, races: 0 };
  for (const [index, scenario] of scenarios(seed, runs, steps).entries()) {
    const difference = await differenceIn(() => run(system, control, scenario, seed + index, counts));
    if (!difference) continue;
    const fails = async (smaller: Scenario): Promise<Difference | null> => differenceIn(() => run(system, control, smaller, seed + index, counts));
    const smallest = await shrunk({ scenario, difference }, fails);
    const shown = smallest.scenario.map((step) => `  ${JSON.stringify(step)}`).join('\n');
    throw new Difference(smallest.difference.aspect, `run ${index + 1} of seed ${seed} (${steps} steps each)\n${smallest.difference.message}\nafter the opening and\n${shown}`);
  }
  return counts;
}

/** The first difference that a seed's scenarios show; null if none does. */
export async function firstDifference(system: TestSystem, control: Control, { seed, runs, steps }: Search): Promise<Difference | null> {
  for (const [index, scenario] of scenarios(seed, runs, steps).entries()) {
    const difference = await differenceIn(() => run(system, control, scenario, seed + index, { steps: 0, refused: 0, entries: 0, races: 0 }));
    if (difference) return difference;
  }
  return null;
}

async function differenceIn(play: () => Promise<void>): Promise<Difference | null> {
  try {
    await play();
    return null;
  } catch (error) {
    if (error instanceof Difference) return error;
    throw error;
  }
}

interface Failure {
  readonly scenario: Scenario;
  readonly difference: Difference;
}

/** Leaves out halves, then quarters, and so on down to single steps, as long as what is left fails about the same. */
async function shrunk(failure: Failure, fails: (scenario: Scenario) => Promise<Difference | null>): Promise<Failure> {
  const deadline = Date.now() + shrinkMs;
  let smallest = failure;
  for (let size = Math.ceil(failure.scenario.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = smallest.scenario.length - size; from > -size && Date.now() < deadline; from -= size) {
      const scenario = smallest.scenario.filter((_, index) => index < from || index >= from + size);
      const difference = await fails(scenario);
      if (difference?.aspect === smallest.difference.aspect) smallest = { scenario, difference };
    }
  }
  return smallest;
}
