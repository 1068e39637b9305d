import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Progress, UsageError } from '@relevo/start';
import { readArguments, usage } from './arguments.js';
import { runBench } from './bench.js';
import { plotOf } from './output/plot.js';
import { summaryOf } from './output/summary.js';
import { planOf } from './plan.js';
import { isMet, targetsOf } from './results.js';

const runsDir = join(import.meta.dirname, '..', '..', '..', '.local', 'bench');

/** Answers the exit code: 1 when a figure passed its bound. */
async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const out = given.out ?? runsDir;
  await mkdir(out, { recursive: true });
  const results = await runBench({ ...given, plan: planOf(given.quick, given.rounds), logsDir: join(runsDir, 'logs') }, new Progress(process.stdout));
  const [json, plot] = [join(out, 'latest.json'), join(out, 'latest.svg')];
  await writeFile(json, `${JSON.stringify(results, undefined, 2)}\n`);
  await writeFile(plot, plotOf(results));
  process.stdout.write(`\n${summaryOf(results)}\n\n${json}\n${plot}\n`);
  return given.quick || targetsOf(results).every(isMet) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
