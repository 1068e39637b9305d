import { rm } from 'node:fs/promises';

import { natsUrlVariable, natsUsers } from '../nats-users.js';
import { startStack } from '../stack.js';
import { isServing, readStackRecord, stackFile, type StackRecord, writeStackRecord } from '../stack-file.js';
import type { LocalPlace } from './local-place.js';

/** Runs in the foreground until it is told to end. */
export async function up(place: LocalPlace): Promise<number> {
  const before = await readStackRecord(stackFile(place.data));
  if (isServing(before)) {
    say(`already runs, with process ${before.pid}\n${urlsOf(before)}`);
    return 0;
  }
  const told = untilTold();
  const stack = await startStack({ dataDir: place.data, onProgress: say });
  const record = await readStackRecord(stackFile(place.data));
  if (record === undefined) throw new Error(`${stackFile(place.data)} is not there right after the start`);
  await writeStackRecord(place.file, record);
  say(urlsOf(record));
  notify({ ready: true });
  await told;
  say('stopping');
  await stack.stop();
  await rm(place.file, { force: true });
  return 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
  notify({ line: text });
}

/** To `up --detach`, which listens until this is ready. */
export type UpMessage = { readonly line: string } | { readonly ready: true };

function notify(message: UpMessage): void {
  if (process.connected) process.send?.(message);
}

async function untilTold(): Promise<void> {
  const told = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => told.resolve());
  // A signal's listener alone does not keep the process going.
  const going = setInterval(() => undefined, 3_600_000);
  await told.promise;
  clearInterval(going);
}

/** As lines of an environment, with which `npm start` finds this stack. */
export function urlsOf({ natsUrl, natsUrls, mongoUrl }: Pick<StackRecord, 'natsUrl' | 'natsUrls' | 'mongoUrl'>): string {
  const users = natsUsers.flatMap((user) => (natsUrls ? [`${natsUrlVariable(user)}=${natsUrls[user]}`] : []));
  return [`NATS_URL=${natsUrl}`, ...users, `MONGO_URL=${mongoUrl}`].join('\n');
}
