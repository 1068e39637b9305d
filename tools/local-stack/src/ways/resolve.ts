import type { PartContext, StartedPart, Via } from '../stack-part.js';

export type Start = (context: PartContext) => Promise<StartedPart>;

/** One way to a part. `find` looks whether it is open here, and says why not if it is not. */
export interface Way {
  readonly via: Via;
  /** What the error tells someone who has none of the ways to do. */
  readonly advice: string;
  find(): Promise<Start | Closed>;
}

export interface Closed {
  readonly because: string;
}

export interface Refusal {
  readonly advice: string;
  readonly because: string;
}

export type Resolution = { readonly start: Start } | { readonly refusals: readonly Refusal[] };

/** The first way that is open; the later ones are not looked at. */
export async function firstOpenWay(ways: readonly Way[]): Promise<Resolution> {
  const refusals: Refusal[] = [];
  for (const way of ways) {
    const found = await way.find();
    if (typeof found === 'function') return { start: found };
    refusals.push({ advice: way.advice, because: found.because });
  }
  return { refusals };
}

/** The one error for both parts: nothing serves, and what would. */
export class NoWayError extends Error {
  override readonly name = 'NoWayError';

  constructor(missing: Readonly<Record<string, readonly Refusal[]>>) {
    const parts = Object.entries(missing).map(([part, refusals]) => {
      const ways = refusals.map(({ advice, because }, index) => `  ${index + 1}. ${advice} (now: ${because})`);
      return [`${part}: any one of these serves`, ...ways].join('\n');
    });
    super([`No way to ${Object.keys(missing).join(' and ')} on this machine.`, ...parts].join('\n'));
  }
}
