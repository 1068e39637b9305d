import type { TestSystem } from '@relevo/testing';
import * as fc from 'fast-check';
import { type Outcome, runSchedule } from './run-schedule.js';
import { type Schedule, schedules as kinds } from './schedule.js';
import { setStage, type Stage } from './stage.js';

export interface SoakOptions {
  readonly kind: keyof typeof kinds;
  readonly seed: number;
  readonly schedules: number;
  /** Run side by side, each in a workspace of its own. */
  readonly lanes: number;
}

/** A workspace's lists grow with each schedule, and every reload reads them whole; who is dismissed does not come back. */
const schedulesOnStage = { comings: 12, changes: 1 } as const satisfies Record<keyof typeof kinds, number>;

/** What fails may take long to fail again. */
const shrinkWithinMs = 60_000;

/** Fails with what was wrong, the schedule, and the seed that finds it again; else the sum of what happened. */
export async function soak(system: TestSystem, { kind, seed, schedules, lanes }: SoakOptions): Promise<Outcome['counts']> {
  const run = new Soak(system, kind);
  const ends = await Promise.allSettled(
    Array.from({ length: lanes }, (_, lane) => run.lane({ seed: seed + lane, numRuns: Math.floor(schedules / lanes) + (lane < schedules % lanes ? 1 : 0) })),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return run.sum;
}

class Soak {
  readonly sum: Outcome['counts'] = { sessions: 0, events: 0, resumed: 0, begun: 0, resyncs: 0, removed: 0, sightChanges: 0, answers: 0, refusals: 0, shown: 0 };
  /** The lane that failed first, and when; the others stop. */
  private failure?: { readonly lane: number; readonly at: number };

  /** Of each lane, side by side. */
  private readonly stages = new Map<number, Stage>();

  constructor(
    private readonly system: TestSystem,
    private readonly kind: SoakOptions['kind'],
  ) {}

  async lane(parameters: { seed: number; numRuns: number }): Promise<void> {
    let stage: Stage | undefined;
    let played = 0;
    const play = async (steps: Schedule): Promise<void> => {
      if (this.isOver(parameters.seed)) return;
      if (played % schedulesOnStage[this.kind] === 0) {
        stage?.witness.close();
        stage = await setStage(this.system);
        this.stages.set(parameters.seed, stage);
      }
      played += 1;
      const { faults, counts } = await runSchedule(stage!, steps, () => this.elsewhere(parameters.seed));
      for (const [name, count] of Object.entries(counts)) this.sum[name as keyof Outcome['counts']] += count;
      if (faults.length === 0) return;
      this.failure ??= { lane: parameters.seed, at: Date.now() };
      throw new Error(`${faults.length} faults:\n${faults.slice(0, 10).join('\n')}`);
    };
    try {
      await fc.assert(fc.asyncProperty(kinds[this.kind], play), parameters);
    } finally {
      stage?.witness.close();
    }
  }

  /** A conversation of another workspace, if there is one by now. */
  private elsewhere(lane: number): string | undefined {
    return [...this.stages].flatMap(([other, { conversationIds }]) => (other === lane ? [] : [...conversationIds])).at(-1);
  }

  private isOver(lane: number): boolean {
    return this.failure !== undefined && (this.failure.lane !== lane || Date.now() - this.failure.at > shrinkWithinMs);
  }
}
