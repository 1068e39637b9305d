import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newId } from '@relevo/platform';
import { parsed, Progress, UsageError, wholeNumber } from '@relevo/start';
import { startStack } from '@relevo/local-stack';
import { StoredConversations } from '@relevo/testing';
import { launchChromium } from '@relevo/testing/browser';
import type { Browser } from 'playwright-core';
import { engineOf, thisMachine } from '../measuring/machine.js';
import { isMet } from '../results.js';
import { Product } from '../scenarios/product.js';
import { Screen } from './acts.js';
import { type FullOffice, furnish } from './furnish.js';
import { plotOf } from './plot.js';
import { actNames, type ConsoleResults, type ConsoleRun, resultOf, targetsOf } from './results.js';
import { summaryOf } from './summary.js';

const runsDir = join(import.meta.dirname, '..', '..', '..', '..', '.local', 'bench');

const usage = `npm run measure:console -- [options]
  --runs N    of everything, each in a browser without a cache, 1 to 50 (5)
  --size N    conversations in the list and entries in the thread, 500 to 100000 (10000)
  --out DIR   for console.json and console.svg (.local/bench)`;

interface Arguments {
  readonly runs: number;
  readonly size: number;
  readonly out: string;
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parsed(() =>
    parseArgs({ args: [...args], options: { runs: { type: 'string', default: '5' }, size: { type: 'string', default: '10000' }, out: { type: 'string', default: runsDir } } }),
  );
  return { runs: wholeNumber(values.runs, '--runs', 1, 50), size: wholeNumber(values.size, '--size', 500, 100_000), out: values.out };
}

/** What an agent does, once, in a browser that has never seen the console. */
async function runOnce(browser: Browser, gatewayUrl: string, office: FullOffice): Promise<ConsoleRun> {
  const screen = await Screen.open(browser, gatewayUrl, office);
  try {
    const firstLoad = await screen.firstLoad();
    const scrollList = await screen.scrollList();
    const flingList = await screen.flingList();
    const openLong = await screen.openLong();
    const scrollThread = await screen.scrollThread();
    return { firstLoad, openLong, scrollList, flingList, scrollThread, flingThread: await screen.flingThread() };
  } finally {
    await screen.close();
  }
}

async function measure({ runs, size }: Arguments, progress: Progress): Promise<ConsoleResults> {
  const logsDir = join(runsDir, 'logs');
  await mkdir(logsDir, { recursive: true });
  const stack = await progress.step('engine', (say) => startStack({ ephemeral: true, onProgress: say }));
  const databasePrefix = `bench_${newId().slice(0, 8)}`;
  try {
    const product = await progress.step('services', (say) => Product.start({ stack, databasePrefix, replicas: 1, logsDir, onProgress: say }));
    try {
      const stored = await StoredConversations.open(stack.database.url, `${databasePrefix}_conversations`);
      const office = await progress.step('office', () => furnish(product, stored, { conversations: size, entries: size }), () => `${size} conversations, one of ${size} entries`);
      await stored.close();
      const browser = await launchChromium();
      const done: ConsoleRun[] = [];
      try {
        for (let run = 1; run <= runs; run++) {
          const one = await progress.step('run', () => runOnce(browser, product.gatewayUrl, office), (one) =>
            `${run} of ${runs}: longest tasks ${actNames.map((act) => one[act].tasks.longestOwnMs.toFixed(0)).join(', ')} ms`,
          );
          done.push(one);
        }
        return {
          version: 1,
          runs,
          machine: thisMachine(),
          engine: await engineOf(stack),
          browser: `Chromium ${browser.version()}`,
          conversations: size,
          entries: size,
          scriptBytes: Math.max(...done.map(({ firstLoad }) => firstLoad.scriptBytes)),
          acts: actNames.map((act) => resultOf(act, done)),
        };
      } finally {
        await browser.close();
      }
    } finally {
      await product.stop();
    }
  } finally {
    await stack.stop();
  }
}

/** Answers the exit code: 1 when a figure passed its bound. */
async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2));
  await mkdir(given.out, { recursive: true });
  const results = await measure(given, new Progress(process.stdout));
  const [json, plot] = [join(given.out, 'console.json'), join(given.out, 'console.svg')];
  await writeFile(json, `${JSON.stringify(results, undefined, 2)}\n`);
  await writeFile(plot, plotOf(results));
  process.stdout.write(`\n${summaryOf(results)}\n\n${json}\n${plot}\n`);
  return targetsOf(results).every(isMet) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof UsageError ? `${error.message}\n${usage}` : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
