import { NoWayError } from '@relevo/local-stack';
import { readStartArguments, startUsage, UsageError } from './command/arguments.js';
import { placesOf } from './command/places.js';
import { Progress } from './command/progress.js';
import { AlreadyRunning, takePlace } from './command/single-instance.js';
import { type Started, start } from './command/start.js';
import { summaryOf } from './command/summary.js';

/** npm hands Ctrl+C on to us, who got it from the terminal as well: what comes twice at once was pressed once. */
const samePressMs = 1_000;

const interrupted = 130;

/** Everything that stops a person's `npm start` for a reason they can act on; a stack trace would only hide it. */
const isPlain = (error: unknown): error is Error => error instanceof UsageError || error instanceof AlreadyRunning || error instanceof NoWayError;

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
  const given = readStartArguments(process.argv.slice(2));
  if (given.help) {
    write(startUsage);
    return;
  }
  const places = placesOf();
  const leave = await takePlace(places.running);
  const progress = new Progress(process.stdout);
  let started: Started | undefined;
  let pressedAt = 0;
  const stop = async (): Promise<void> => {
    // While starting there is nothing to stop in order: children end with this process.
    if (started) await progress.step('stop', () => started?.stop() ?? Promise.resolve(), () => 'all ended, data kept');
    await leave();
  };
  const onSignal = (): void => {
    const again = pressedAt > 0;
    if (again && Date.now() - pressedAt < samePressMs) return;
    pressedAt = Date.now();
    if (again) process.exit(interrupted);
    stop().then(
      () => process.exit(started ? 0 : interrupted),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onSignal);
  try {
    started = await start(given, places, progress);
  } catch (error) {
    await leave();
    throw error;
  }
  progress.line('✓ Relevo is ready');
  write(`\n${summaryOf(started.demo, places)}\n`);
}

function fail(error: unknown): void {
  const text = isPlain(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

main().catch(fail);
