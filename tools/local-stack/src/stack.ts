import { accessGiven, accessOf, natsPasswords } from './nats-users.js';
import { giveBackPort } from './processes/ports.js';
import { Watchdog } from './processes/watchdog-process.js';
import { endedRecord, readStackRecord, servingRecord, stackFile, type StackRecord, startingRecord, writeStackRecord } from './stack-file.js';
import { clearLeftovers, endStack, keptFolder, throwAwayFolder } from './stack-folder.js';
import type { NatsPart, PartContext, StackPart, StartedPart } from './stack-part.js';
import { firstOpenWay, NoWayError, type Resolution, type Start } from './ways/resolve.js';
import { databaseWays, natsWays } from './ways/ways.js';

export interface Stack {
  readonly nats: NatsPart;
  readonly database: StackPart;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Where data live; kept at stop. */
  readonly dataDir?: string;
  /** Throw-away data copied from the template, removed at stop; what happens without `dataDir` too. */
  readonly ephemeral?: boolean;
  /** How long a client of NATS may be silent until it is given up; 4 s when absent, as in a deployment. */
  readonly natsSilenceSeconds?: number;
  /** Gets a line for each step that takes time. */
  readonly onProgress?: (line: string) => void;
  /** Ignore NATS_URL, those of its users, and MONGO_URL. */
  readonly ignoreEnvironment?: boolean;
}

/** Starts both parts, which end with this process however it ends; fails with NoWayError if this machine has no way to one. */
export async function startStack(options: StackOptions): Promise<Stack> {
  if (options.dataDir !== undefined && options.ephemeral) throw new Error('A stack has either a dataDir, which is kept, or ephemeral data');
  const say = options.onProgress ?? (() => undefined);
  const environment = options.ignoreEnvironment ? {} : process.env;
  const starts = await resolveBoth(environment, say);
  const ephemeral = options.dataDir === undefined;
  const dir = options.dataDir === undefined ? await throwAwayFolder() : await keptFolder(options.dataDir);
  const before = await readStackRecord(stackFile(dir));
  await clearLeftovers(dir, before);
  const remember = (record: StackRecord): Promise<void> => writeStackRecord(stackFile(dir), record);
  let record = startingRecord(before);
  await remember(record);
  const watchdog = await Watchdog.start(dir, ephemeral);
  const started: StartedPart[] = [];
  const end = async (): Promise<void> => {
    for (const part of started) await part.stop?.();
    // By the watchdog, the way it also ends when this process cannot.
    if (!(await watchdog.release())) await endStack(dir, { ephemeral });
    for (const port of started.flatMap(({ ports }) => ports)) giveBackPort(port);
    if (!ephemeral) await remember(endedRecord(record));
  };
  // Once: by the second time the folder may be another stack's.
  let ending: Promise<void> | undefined;
  const stop = (): Promise<void> => (ending ??= end());
  const start = async (begin: Start, ports: readonly number[]): Promise<StartedPart> => {
    const context: PartContext = { dir, ephemeral, natsSilenceSeconds: options.natsSilenceSeconds, ports, onProgress: say, watch: watchdog.watch };
    const part = await begin(context);
    started.push(part);
    return part;
  };
  const results = await Promise.allSettled([start(starts.nats, record.ports.nats), start(starts.database, record.ports.database)]);
  const [nats, database] = results;
  if (nats.status === 'rejected' || database.status === 'rejected') {
    await stop();
    throw nats.status === 'rejected' ? nats.reason : (database as PromiseRejectedResult).reason;
  }
  const { url, via } = nats.value;
  const access = via === 'environment' ? accessGiven(url, environment) : accessOf(url, await natsPasswords(dir, ephemeral));
  record = servingRecord({ ...nats.value, ...access }, database.value);
  await remember(record);
  return { nats: { ...nats.value, ...access }, database: database.value, stop };
}

async function resolveBoth(environment: NodeJS.ProcessEnv, say: (line: string) => void): Promise<{ nats: Start; database: Start }> {
  const [nats, database] = await Promise.all([firstOpenWay(natsWays(environment, say)), firstOpenWay(databaseWays(environment, say))]);
  if ('start' in nats && 'start' in database) return { nats: nats.start, database: database.start };
  throw new NoWayError({ ...refusalsOf('NATS', nats), ...refusalsOf('a MongoDB-compatible database', database) });
}

const refusalsOf = (part: string, resolution: Resolution) => ('refusals' in resolution ? { [part]: resolution.refusals } : {});
