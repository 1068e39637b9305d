import type { IdlePlan } from './scenarios/idle.js';
import type { ListPlan } from './scenarios/lists.js';
import type { SendPlan } from './scenarios/send.js';
import type { UploadPlan } from './scenarios/uploads.js';

/** How much of each is measured. */
export interface Plan {
  readonly send: readonly SendPlan[];
  readonly lists: ListPlan & { readonly originals: number; readonly small: number; readonly large: number };
  readonly idle: IdlePlan & { readonly agents: number };
  readonly uploads: UploadPlan;
}

/** `originals` are a workspace's own conversations in each channel; the rest are copies of them. */
export function planOf(quick: boolean, rounds?: number): Plan {
  const roundsOf = (usual: number): number => rounds ?? (quick ? 1 : usual);
  return {
    send: [
      { inFlight: 1, messages: quick ? 20 : 200, rounds: roundsOf(12) },
      { inFlight: 16, messages: quick ? 80 : 800, rounds: roundsOf(12) },
    ],
    lists: { pages: quick ? 3 : 15, rounds: roundsOf(8), originals: quick ? 6 : 12, small: quick ? 200 : 1_000, large: quick ? 2_000 : 100_000 },
    // Each agent signs in, which is made to be slow; sockets beyond them are an agent's second, third...
    idle: { sockets: quick ? 100 : 1_000, agents: quick ? 4 : 20, rounds: roundsOf(4) },
    uploads: { uploads: quick ? 5 : 50, bytes: quick ? 1_000_000 : 10_000_000, everyMs: 40, messages: quick ? 20 : 250, rounds: roundsOf(3) },
  };
}
