import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type NatsUser, natsUsers } from './nats-users.js';
import { startOf } from './processes/process-table.js';
import type { NatsPart, StartedPart, Via } from './stack-part.js';

/** `stack.json`: where a stack is while it runs, and which ports it had after that. */
export interface StackRecord {
  /** Empty while it starts. */
  readonly natsUrl: string;
  readonly mongoUrl: string;
  /** Of each user; `natsUrl` is the operator's, or the tests'. */
  readonly natsUrls?: Readonly<Record<NatsUser, string>>;
  readonly natsVia?: Via;
  readonly databaseVia?: Via;
  readonly ports: { readonly nats: readonly number[]; readonly database: readonly number[] };
  /** The process that it ends with; 0 after a clean end. */
  readonly pid: number;
  /** Tells that process from a later one with the same number. */
  readonly pidStart: string;
}

export const stackFile = (dir: string): string => join(dir, 'stack.json');

/** Undefined if there is none or it cannot be read: it only remembers, the truth is in the process table. */
export async function readStackRecord(file: string): Promise<StackRecord | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as Partial<StackRecord>;
    return record.pid !== undefined && record.ports !== undefined ? (record as StackRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** In one step, so that nobody reads half of it; for this user alone, because of the passwords. */
export async function writeStackRecord(file: string, record: StackRecord): Promise<void> {
  const writing = join(dirname(file), `.stack-${process.pid}.json`);
  await writeFile(writing, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(writing, file);
}

/** Before the parts are there: the folder is taken, and the last run's ports are not forgotten. */
export function startingRecord(before: StackRecord | undefined): StackRecord {
  return { ...(before ?? { ports: { nats: [], database: [] } }), natsUrl: '', mongoUrl: '', ...owner() };
}

export function servingRecord(nats: StartedPart & NatsPart, database: StartedPart): StackRecord {
  return {
    natsUrl: nats.url,
    mongoUrl: database.url,
    natsUrls: Object.fromEntries(natsUsers.map((user) => [user, nats.urlFor(user)])) as Record<NatsUser, string>,
    natsVia: nats.via,
    databaseVia: database.via,
    ports: { nats: nats.ports, database: database.ports },
    ...owner(),
  };
}

export const endedRecord = (record: StackRecord): StackRecord => ({ ...record, pid: 0, pidStart: '' });

const owner = (): Pick<StackRecord, 'pid' | 'pidStart'> => ({ pid: process.pid, pidStart: startOf(process.pid) ?? '' });

/** Whether the process that the stack ends with is still there, and has not stopped it. */
export const isRunning = (record: StackRecord | undefined): record is StackRecord =>
  record !== undefined && record.pid > 0 && startOf(record.pid) === record.pidStart;

/** Whether it can be used: it runs, and has its URLs. */
export const isServing = (record: StackRecord | undefined): record is StackRecord => isRunning(record) && record.mongoUrl !== '';
