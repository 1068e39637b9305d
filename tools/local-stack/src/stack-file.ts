import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { startOf } from './processes/process-table.js';
import type { Via } from './stack-part.js';

/** `stack.json`: where a stack is while it runs, and which ports it had after that. */
export interface StackRecord {
  readonly natsUrl: string;
  readonly mongoUrl: string;
  readonly natsVia: Via;
  readonly databaseVia: Via;
  readonly ports: { readonly nats: readonly number[]; readonly database: readonly number[] };
  /** The process that it ends with. */
  readonly pid: number;
  /** Tells that process from a later one with the same number. */
  readonly pidStart: string;
}

export const stackFile = (dir: string): string => join(dir, 'stack.json');

/** Undefined if there is none or it cannot be read: it only remembers, the truth is in the process table. */
export async function readStackRecord(file: string): Promise<StackRecord | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(await readFile(file, 'utf8')) as StackRecord;
  } catch {
    return undefined;
  }
}

/** In one step, so that nobody reads half of it. */
export async function writeStackRecord(file: string, record: StackRecord): Promise<void> {
  const writing = join(dirname(file), `.stack-${process.pid}.json`);
  await writeFile(writing, `${JSON.stringify(record, null, 2)}\n`);
  await rename(writing, file);
}

/** Whether the process that the stack ends with is still there. */
export const isRunning = (record: StackRecord | undefined): record is StackRecord =>
  record !== undefined && startOf(record.pid) === record.pidStart;
