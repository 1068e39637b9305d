import { UsageError } from './command/arguments.js';
import { placesOf } from './command/places.js';
import { readDemoFile } from './demo/demo-file.js';
import { simulate } from './simulation/simulation.js';
import { readSimulationArguments, requireLoopback, simulationUsage } from './simulation/simulation-arguments.js';
import { Tally } from './simulation/tally.js';

const redrawMs = 500;
const lineMs = 5_000;

/** On a terminal one line that changes; in a log a line now and then. */
function showLive(tally: Tally): () => void {
  const { isTTY } = process.stdout;
  const columns = process.stdout.columns || 120;
  const startedAt = Date.now();
  const line = (): string => `${((Date.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${tally.toString()}`;
  const draw = (): void => void process.stdout.write(isTTY ? `\r\x1b[K${line().slice(0, columns - 1)}` : `${line()}\n`);
  const timer = setInterval(draw, isTTY ? redrawMs : lineMs);
  return () => {
    clearInterval(timer);
    process.stdout.write(`${isTTY ? '\r\x1b[K' : ''}${line()}\n`);
  };
}

async function main(): Promise<number> {
  const given = readSimulationArguments(process.argv.slice(2));
  if (given.help) {
    process.stdout.write(`${simulationUsage}\n`);
    return 0;
  }
  const { demo: path } = placesOf();
  const demo = await readDemoFile(path);
  if (demo === undefined) throw new UsageError(`There is no ${path}: run "npm start" first, and leave it running.`);
  requireLoopback(demo.gatewayUrls);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
  process.stdout.write(`${given.rate} messages a second for ${given.minutes} min at ${demo.gatewayUrls.join(', ')}; Ctrl+C ends it\n`);
  const tally = new Tally();
  const endShow = showLive(tally);
  try {
    await simulate(demo, given, tally, stopping.signal);
  } finally {
    endShow();
  }
  const { arrived, missing } = tally.arrivals;
  process.stdout.write(missing === 0 ? `all ${arrived} accepted messages were seen live\n` : `${missing} of ${arrived + missing} accepted messages were not seen live\n`);
  return missing === 0 && tally.errors === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
