import type { Engine, Machine } from './measuring/machine.js';
import type { ExaminedPage } from './scenarios/examined.js';
import type { IdleResult } from './scenarios/idle.js';
import type { ListResult } from './scenarios/lists.js';
import type { SendResult } from './scenarios/send.js';
import type { UploadResult } from './scenarios/uploads.js';

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
  readonly uploads?: UploadResult;
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

/** Of messages that share a gateway with uploads, against messages that do not. */
const uploadBound = 2;
/** What a gateway holds of each, whatever its size: a piece of 255 kB, and as much again in the buffers of its connection. */
const heldMegabytes = 0.5;
/** And of all together what was let go of: V8 leaves so much outside of its heap before it collects garbage. */
const garbageMegabytes = 64;

function uploadTargets({ uploads, receivedP50Ms, receivedP95Ms, addedResidentBytes }: UploadResult): Target[] {
  const named = `beside ${uploads} uploads, against none`;
  return [
    { name: `send -> receive p50 ${named}`, value: receivedP50Ms.ratio.median, atMost: uploadBound },
    { name: `send -> receive p95 ${named}`, value: receivedP95Ms.ratio.median, atMost: uploadBound },
    { name: `MB that ${uploads} uploads add to the gateway`, value: addedResidentBytes.max / 1e6, atMost: uploads * heldMegabytes + garbageMegabytes },
  ];
}

/** What the figures are held against; of several, the worst. */
export function targetsOf({ send = [], lists, uploads }: Results): Target[] {
  const sending = send.flatMap(({ inFlight, receivedP50Ms }) => {
    const atMost = sendBounds[inFlight];
    return atMost === undefined ? [] : [{ name: `send -> receive p50, ${inFlight} in flight, against the floor`, value: receivedP50Ms.ratio.median, atMost }];
  });
  const uploading = uploads ? uploadTargets(uploads) : [];
  if (!lists) return [...sending, ...uploading];
  const { small, large, pages, examined } = lists;
  return [
    ...sending,
    { name: `first page at ${large} against ${small} conversations`, value: Math.max(...pages.map(({ firstPageP50Ms }) => firstPageP50Ms.ratio.median)), atMost: largePageBound },
    { name: 'index keys examined for a page', value: Math.max(...examined.map(({ keys }) => keys)), atMost: keysOfPage },
    ...uploading,
  ];
}

export const isMet = ({ value, atMost }: Target): boolean => value <= atMost;
