import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whoever runs on this folder's data. */
export interface Holder {
  readonly pid: number;
  /** Tells that process from a later one with the same number, where the system says. */
  readonly since: string;
}

/** Nothing else may start on the same data meanwhile. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';

  constructor(readonly holder: Holder) {
    super(`Relevo is running already, as process ${holder.pid}. Stop that one first (Ctrl+C where it runs).`);
  }
}

/** Start time in ticks after boot; empty where there is no /proc or no such process. */
function sinceOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive({ pid, since }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return sinceOf(pid) === since;
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Takes the place, or throws `AlreadyRunning`. What a killed run left does not count. The answer gives it back. */
export async function takePlace(path: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const own: Holder = { pid: process.pid, since: sinceOf(process.pid) };
  for (;;) {
    try {
      await writeFile(path, JSON.stringify(own), { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(path);
    if (holder && isAlive(holder)) throw new AlreadyRunning(holder);
    await rm(path, { force: true });
  }
}
