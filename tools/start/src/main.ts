import { readStartArguments, startUsage } from './command/arguments.js';
import { placesOf } from './command/places.js';
import { Progress } from './command/progress.js';
import { takePlace } from './command/single-instance.js';
import { type Started, start } from './command/start.js';
import { summaryOf } from './command/summary.js';

/** npm hands Ctrl+C on to us, who got it from the terminal as well: what comes twice at once was pressed once. */
const samePressMs = 1_000;

const interruptedCode = 130;

class Interrupted extends Error {}

/** Once for the first press of Ctrl+C (or a signal like it); a second one does not wait for anything. */
function onPress(handle: () => void): void {
  let pressedAt: number | undefined;
  const pressed = (): void => {
    if (pressedAt !== undefined && Date.now() - pressedAt < samePressMs) return;
    if (pressedAt !== undefined) process.exit(interruptedCode);
    pressedAt = Date.now();
    handle();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pressed);
}

async function end(started: Started, leave: () => Promise<void>, progress: Progress): Promise<void> {
  await progress.step('stop', () => started.stop(), () => 'all ended, data kept');
  await leave();
}

/** A mistake of ours, as opposed to what a person can act on and a stack trace would only hide. */
const isMistake = (error: unknown): error is Error => error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;

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
  const interruption = new AbortController();
  let started: Started | undefined;
  onPress(() => {
    if (started) end(started, leave, progress).then(() => process.exit(0), fail);
    else interruption.abort(new Interrupted('interrupted'));
  });
  try {
    started = await start(given, places, progress, interruption.signal);
  } catch (error) {
    await leave();
    throw error;
  }
  progress.line('✓ Relevo is ready');
  write(`\n${summaryOf(started.demo, places)}\n`);
}

function fail(error: unknown): void {
  if (error instanceof Interrupted) process.exit(interruptedCode);
  const text = isMistake(error) ? error.stack : error instanceof Error ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

main().catch(fail);
