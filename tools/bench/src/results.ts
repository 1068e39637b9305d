import type { Engine, Machine } from './measuring/machine.js';
import type { ExaminedPage } from './scenarios/examined.js';
import type { IdleResult } from './scenarios/idle.js';
import type { ListResult } from './scenarios/lists.js';
import type { SendResult } from './scenarios/send.js';

/** What one run found; absent is what was not measured. */
export interface Results {
  readonly version: 1;
  readonly quick: boolean;
  readonly machine: Machine;
  readonly engine: Engine;
  readonly replicas: number;
  readonly send?: readonly SendResult[];
  readonly lists?: {
    readonly small: number;
    readonly large: number;
    readonly pages: readonly ListResult[];
    readonly examined: readonly ExaminedPage[];
  };
  readonly idle?: IdleResult;
}

/** One figure and what it must not pass. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly atMost: number;
}

const sendBounds: Readonly<Record<number, number>> = { 1: 2.5, 16: 3.5 };
const largePageBound = 1.25;
/** What the service promises to look at for one request, whatever there is (`maxExamined` in conversations). */
const keysOfPage = 1_000;

/** What the figures are held against; of several, the worst. */
export function targetsOf({ send = [], lists }: Results): Target[] {
  const sending = send.flatMap(({ inFlight, receivedP50Ms }) => {
    const atMost = sendBounds[inFlight];
    return atMost === undefined ? [] : [{ name: `send -> receive p50, ${inFlight} in flight, against the floor`, value: receivedP50Ms.ratio.median, atMost }];
  });
  if (!lists) return sending;
  const { small, large, pages, examined } = lists;
  return [
    ...sending,
    { name: `first page at ${large} against ${small} conversations`, value: Math.max(...pages.map(({ firstPageP50Ms }) => firstPageP50Ms.ratio.median)), atMost: largePageBound },
    { name: 'index keys examined for a page', value: Math.max(...examined.map(({ keys }) => keys)), atMost: keysOfPage },
  ];
}

export const isMet = ({ value, atMost }: Target): boolean => value <= atMost;
