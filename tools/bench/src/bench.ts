import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startStack } from '@relevo/local-stack';
import { newId } from '@relevo/platform';
import type { Progress } from '@relevo/start';
import { MemoryProbe } from '@relevo/testing';
import type { BenchArguments } from './arguments.js';
import { engineOf, thisMachine } from './measuring/machine.js';
import { descendantsOf } from './measuring/processes.js';
import type { Plan } from './plan.js';
import type { Results } from './results.js';
import type { Bench } from './runs/run.js';
import { runIdle } from './runs/run-idle.js';
import { examineCrowds, runLists, type TwoCrowds } from './runs/run-lists.js';
import { runUploads } from './runs/run-uploads.js';
import { runSending } from './runs/run-sending.js';
import { Product, type ProductOptions } from './scenarios/product.js';
import { statementLog } from './scenarios/statements.js';

export interface BenchOptions extends Pick<BenchArguments, 'quick' | 'only' | 'replicas'> {
  readonly plan: Plan;
  readonly logsDir: string;
}

/** Runs the scenarios on an engine of its own, one system after the other: as it is for times, watched for what it costs inside. */
export async function runBench({ quick, only, replicas, plan, logsDir }: BenchOptions, progress: Progress): Promise<Results> {
  await mkdir(logsDir, { recursive: true });
  const before = new Set(descendantsOf(process.pid));
  const stack = await progress.step('engine', (say) => startStack({ ephemeral: true, onProgress: say }));
  try {
    const engine = descendantsOf(process.pid).filter((pid) => !before.has(pid));
    // An engine that the environment names keeps what it is given.
    const bench: Bench = { stack, plan, progress, engine, databasePrefix: `bench_${newId().slice(0, 8)}`, logsDir };
    const common = { stack, databasePrefix: bench.databasePrefix, replicas, logsDir };
    const head = { version: 1, quick, machine: thisMachine(), engine: await engineOf(stack), replicas } as const;
    const asItIs = await withProduct(progress, 'services', common, async (product) => ({
      send: only.includes('send') ? await runSending(bench, product) : undefined,
      lists: only.includes('lists') ? await runLists(bench, product) : undefined,
    }));
    const watched = only.includes('lists') || only.includes('idle') ? await runWatched(bench, common, only.includes('idle'), asItIs.lists?.crowds) : undefined;
    const uploads = only.includes('uploads') ? await runBesideUploads(bench, common) : undefined;
    const lists = asItIs.lists && { small: plan.lists.small, large: plan.lists.large, pages: asItIs.lists.pages, examined: watched?.examined ?? [] };
    return { ...head, ...(asItIs.send && { send: asItIs.send }), ...(lists && { lists }), ...(watched?.idle && { idle: watched.idle }), ...(uploads && { uploads }) };
  } finally {
    await stack.stop();
  }
}

type Common = Omit<ProductOptions, 'onProgress'>;

async function runWatched(bench: Bench, common: Common, idle: boolean, crowds: TwoCrowds | undefined) {
  const probe = await MemoryProbe.make();
  try {
    const settings = { ...common, replicas: 1, gatewayEnv: probe.env, conversationsEnv: statementLog };
    return await withProduct(bench.progress, 'watched', settings, async (product) => ({
      examined: crowds && (await examineCrowds(bench, product, crowds, join(bench.logsDir, 'conversations-1.log'))),
      idle: idle ? await runIdle(bench, product, probe) : undefined,
    }));
  } finally {
    await probe.close();
  }
}

async function runBesideUploads(bench: Bench, common: Common) {
  const probe = await MemoryProbe.make();
  try {
    return await withProduct(bench.progress, 'services', { ...common, replicas: 1, gatewayEnv: probe.env }, (product) => runUploads(bench, product, probe));
  } finally {
    await probe.close();
  }
}

async function withProduct<T>(progress: Progress, name: string, options: Common, use: (product: Product) => Promise<T>): Promise<T> {
  const product = await progress.step(name, (say) => Product.start({ ...options, onProgress: say }), ({ pids }) => `${pids.length} processes`);
  try {
    return await use(product);
  } finally {
    await product.stop();
  }
}
