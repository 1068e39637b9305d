import type { Stack } from '@relevo/local-stack';
import type { Progress } from '@relevo/start';
import type { Plan } from '../plan.js';

/** What every run of a scenario has. */
export interface Bench {
  readonly stack: Stack;
  readonly plan: Plan;
  readonly progress: Progress;
  /** Processes of the engine; none where it is not of this run. */
  readonly engine: readonly number[];
  readonly databasePrefix: string;
  readonly logsDir: string;
}
