import { setTimeout as delay } from 'node:timers/promises';
import { forgetPeakOf, type Memory, peakBytesOf } from '@relevo/testing';
import { compare, type Compared, inRounds } from '../measuring/rounds.js';
import { quantile, type Spread, spreadOf } from '../measuring/statistics.js';
import type { Line } from './line.js';

export interface UploadPlan {
  /** At once. */
  readonly uploads: number;
  readonly bytes: number;
  /** Between two messages, whether the one before has arrived or not. */
  readonly everyMs: number;
  /** Of a block without uploads; one with them sends until they are over. */
  readonly messages: number;
  readonly rounds: number;
}

export interface UploadResult extends UploadPlan {
  /** Send -> receive by another agent, while files are uploaded, against the same without. */
  readonly receivedP50Ms: Compared;
  readonly receivedP95Ms: Compared;
  readonly megabytesPerSecond: Spread;
  /** Of the gateway, over all blocks with uploads; before and after with its garbage collected. */
  readonly liveBytes: { readonly before: Spread; readonly after: Spread };
  readonly residentBytes: { readonly before: Spread; readonly peak: Spread; readonly after: Spread };
  /** Within a block, what uploads added at their worst. */
  readonly addedResidentBytes: Spread;
}

/** A gateway that messages and files go through. */
export interface UploadSide {
  readonly line: Pick<Line, 'send'>;
  readonly conversationIds: readonly string[];
  readonly gatewayPid: number;
  memory(): Promise<Memory>;
  /** Resolves, with how long it took, when all are stored. */
  upload(plan: Pick<UploadPlan, 'uploads' | 'bytes'>): Promise<number>;
}

interface Block {
  readonly receivedMs: readonly number[];
  readonly uploading?: { readonly tookMs: number; readonly before: Memory; readonly peakBytes: number; readonly after: Memory };
}

/** Sends at an even pace for as long as `goesOn` says: what is slow holds back nothing behind it, as with people. */
async function flow({ line, conversationIds }: UploadSide, everyMs: number, goesOn: (sent: number) => boolean): Promise<number[]> {
  const startedAt = performance.now();
  const sent: Promise<number>[] = [];
  while (goesOn(sent.length)) {
    const one = line.send(conversationIds[sent.length % conversationIds.length] ?? '').then(({ receivedMs }) => receivedMs);
    // Thrown below, when the others have ended too.
    one.catch(() => undefined);
    sent.push(one);
    await delay(startedAt + sent.length * everyMs - performance.now());
  }
  return Promise.all(sent);
}

async function uploading(side: UploadSide, plan: UploadPlan): Promise<Block> {
  const before = await side.memory();
  forgetPeakOf(side.gatewayPid);
  let over = false;
  const uploads = side.upload(plan).finally(() => (over = true));
  const [tookMs, receivedMs] = await Promise.all([uploads, flow(side, plan.everyMs, (sent) => !over || sent === 0)]);
  const peakBytes = peakBytesOf(side.gatewayPid);
  return { receivedMs, uploading: { tookMs, before, peakBytes, after: await side.memory() } };
}

const undisturbed = async (side: UploadSide, { everyMs, messages }: UploadPlan): Promise<Block> => ({ receivedMs: await flow(side, everyMs, (sent) => sent < messages) });

export async function measureUploads(side: UploadSide, plan: UploadPlan, onRound: (round: number) => void): Promise<UploadResult> {
  // Compilers, connections and buffers that are kept for good are paid for outside the figures.
  await undisturbed(side, plan);
  await side.upload(plan);
  const blocks = await inRounds(plan.rounds, (name) => (name === 'subject' ? uploading(side, plan) : undisturbed(side, plan)), onRound);
  const timesOf = (all: readonly Block[]): number[] => all.flatMap(({ receivedMs }) => receivedMs);
  const rounds = blocks.map(({ subject, reference }) => ({ subject: timesOf(subject), reference: timesOf(reference) }));
  const uploads = blocks.flatMap(({ subject }) => subject.flatMap((block) => block.uploading ?? []));
  const over = (figure: (of: (typeof uploads)[number]) => number): Spread => spreadOf(uploads.map(figure));
  return {
    ...plan,
    receivedP50Ms: compare(rounds, (times) => quantile(times, 0.5)),
    receivedP95Ms: compare(rounds, (times) => quantile(times, 0.95)),
    megabytesPerSecond: over(({ tookMs }) => (plan.uploads * plan.bytes) / 1000 / tookMs),
    liveBytes: { before: over(({ before }) => before.liveBytes), after: over(({ after }) => after.liveBytes) },
    residentBytes: { before: over(({ before }) => before.residentBytes), peak: over(({ peakBytes }) => peakBytes), after: over(({ after }) => after.residentBytes) },
    addedResidentBytes: over(({ before, peakBytes }) => peakBytes - before.residentBytes),
  };
}
