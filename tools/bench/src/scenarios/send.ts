import { cpuMsOf } from '../measuring/processes.js';
import { compare, type Compared, inRounds, type Pair } from '../measuring/rounds.js';
import { quantile } from '../measuring/statistics.js';
import type { Line, Times } from './line.js';

/** One side, ready to be sent through. */
export interface SendSide {
  readonly line: Pick<Line, 'send'>;
  readonly conversationIds: readonly string[];
  /** Its own processes. */
  readonly pids: readonly number[];
}

export interface SendPlan {
  readonly inFlight: number;
  /** Of one block. */
  readonly messages: number;
  readonly rounds: number;
}

export interface SendResult extends SendPlan {
  /** Send -> receive by another agent. */
  readonly receivedP50Ms: Compared;
  readonly receivedP95Ms: Compared;
  readonly acknowledgedP50Ms: Compared;
  readonly messagesPerSecond: Compared;
  /** CPU time of the side's own server processes. */
  readonly cpuMsPerMessage: Compared;
  /** CPU time of NATS and the database meanwhile; null where they are not processes of this run. */
  readonly engineCpuMsPerMessage: Compared | null;
}

/** What one side did in one round, or in one block of it. */
interface Work {
  readonly times: readonly Times[];
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly engineCpuMs: number;
}

/** Each conversation sends its next message when the one before has arrived and was answered. */
async function sendAll({ line, conversationIds }: SendSide, { inFlight, messages }: SendPlan): Promise<Times[]> {
  const times: Times[] = [];
  let left = messages;
  const go = async (conversationId: string): Promise<void> => {
    while (left-- > 0) times.push(await line.send(conversationId));
  };
  await Promise.all(conversationIds.slice(0, inFlight).map(go));
  return times;
}

async function block(side: SendSide, engine: readonly number[], plan: SendPlan): Promise<Work> {
  const [cpu, engineCpu, startedAt] = [cpuMsOf(side.pids), cpuMsOf(engine), performance.now()];
  const times = await sendAll(side, plan);
  return { times, tookMs: performance.now() - startedAt, cpuMs: cpuMsOf(side.pids) - cpu, engineCpuMs: cpuMsOf(engine) - engineCpu };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

export const together = (blocks: readonly Work[]): Work => ({
  times: blocks.flatMap(({ times }) => times),
  tookMs: sum(blocks.map(({ tookMs }) => tookMs)),
  cpuMs: sum(blocks.map(({ cpuMs }) => cpuMs)),
  engineCpuMs: sum(blocks.map(({ engineCpuMs }) => engineCpuMs)),
});

export async function measureSending(sides: Pair<SendSide>, engine: readonly number[], plan: SendPlan, onRound: (round: number) => void): Promise<SendResult> {
  // Compilers and connections warm up outside the figures.
  for (const side of [sides.subject, sides.reference]) await sendAll(side, plan);
  const blocks = await inRounds(plan.rounds, (name) => block(sides[name], engine, plan), onRound);
  const rounds = blocks.map(({ subject, reference }) => ({ subject: together(subject), reference: together(reference) }));
  const p = (share: number, of: keyof Times) => (work: Work) => quantile(work.times.map((times) => times[of]), share);
  return {
    ...plan,
    receivedP50Ms: compare(rounds, p(0.5, 'receivedMs')),
    receivedP95Ms: compare(rounds, p(0.95, 'receivedMs')),
    acknowledgedP50Ms: compare(rounds, p(0.5, 'acknowledgedMs')),
    messagesPerSecond: compare(rounds, ({ times, tookMs }) => (times.length / tookMs) * 1000),
    cpuMsPerMessage: compare(rounds, ({ times, cpuMs }) => cpuMs / times.length),
    engineCpuMsPerMessage: engine.length === 0 ? null : compare(rounds, ({ times, engineCpuMs }) => engineCpuMs / times.length),
  };
}
