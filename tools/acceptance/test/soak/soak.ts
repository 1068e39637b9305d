import type { TestSystem } from '@relevo/testing';
import * as fc from 'fast-check';
import { type Outcome, runSchedule } from './run-schedule.js';
import { schedule } from './schedule.js';
import { setStage, type Stage } from './stage.js';

export interface Soak {
  readonly seed: number;
  readonly schedules: number;
  /** Run side by side, each in a workspace of its own. */
  readonly lanes: number;
}

/** A workspace's lists grow with each schedule, and every reload reads them whole. */
const schedulesOnStage = 12;

/** Fails with what was wrong, the schedule, and the seed that finds it again; else the sum of what happened. */
export async function soak(system: TestSystem, { seed, schedules, lanes }: Soak): Promise<Outcome['counts']> {
  const sum: Outcome['counts'] = { sessions: 0, events: 0, resumed: 0, begun: 0, resyncs: 0, removed: 0, sightChanges: 0 };
  const ends = await Promise.allSettled(
    Array.from({ length: lanes }, (_, lane) => {
      const numRuns = Math.floor(schedules / lanes) + (lane < schedules % lanes ? 1 : 0);
      return soakLane(system, { seed: seed + lane, numRuns }, (counts) => add(sum, counts));
    }),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return sum;
}

async function soakLane(system: TestSystem, parameters: { seed: number; numRuns: number }, done: (counts: Outcome['counts']) => void): Promise<void> {
  let stage: Stage | undefined;
  let played = 0;
  try {
    await fc.assert(
      fc.asyncProperty(schedule, async (steps) => {
        if (played++ % schedulesOnStage === 0) {
          stage?.witness.close();
          stage = await setStage(system);
        }
        const { faults, counts } = await runSchedule(stage!, steps);
        if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.slice(0, 10).join('\n')}`);
        done(counts);
      }),
      parameters,
    );
  } finally {
    stage?.witness.close();
  }
}

function add(sum: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
}
