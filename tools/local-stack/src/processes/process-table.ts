import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What tells our processes from all others, and of which stack they are: inherited by every child. */
export const stackVariable = 'RELEVO_STACK_DIR';
export const partVariable = 'RELEVO_STACK_PART';

export interface TableEntry {
  readonly pid: number;
  readonly parent: number;
}

const hasProc = existsSync('/proc/self/stat');

/** Fields of /proc/<pid>/stat after the command's name, which may itself hold blanks and brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** False for a zombie too: where nothing reaps orphans (a container without init) it would never go away. */
export function isAlive(pid: number): boolean {
  if (hasProc) {
    const state = statFields(pid)?.[0];
    return state !== undefined && state !== 'Z' && state !== 'X';
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether every thread of it stands still. Where /proc is not, its being told to has to do. */
export function isStopped(pid: number): boolean {
  if (!hasProc) return true;
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
      return 'TtZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
    });
  } catch {
    // Gone, or a thread that ended meanwhile: the next look tells.
    return !isAlive(pid);
  }
}

/** Tells a process from a later one with the same number; the same text as long as it lives, undefined when it is gone. */
export function startOf(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (hasProc) return statFields(pid)?.[19];
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

export function processTable(): TableEntry[] {
  if (hasProc) {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parent = statFields(Number(name))?.[1];
        return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
      });
  }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (pid === undefined || parent === undefined ? [] : [{ pid, parent }]));
}

export interface StackProcess extends TableEntry {
  readonly part: string;
}

/**
 * Every process of the stack in `dir`, orphans included, by the environment it was started with (a command line would
 * also match somebody's editor). Only where /proc is; elsewhere the watchdog's own list has to do.
 */
export function processesOf(dir: string): StackProcess[] {
  if (!hasProc) return [];
  return processTable().flatMap((entry) => {
    if (entry.pid === process.pid) return [];
    const environment = environmentOf(entry.pid);
    if (!environment.includes(`${stackVariable}=${dir}`) || !isAlive(entry.pid)) return [];
    const part = environment.find((line) => line.startsWith(`${partVariable}=`))?.slice(partVariable.length + 1);
    return part === undefined ? [] : [{ ...entry, part }];
  });
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** The process and everything below it, parents first. */
export function treeOf(pid: number, table = processTable()): number[] {
  const children = table.filter((entry) => entry.parent === pid).flatMap((entry) => treeOf(entry.pid, table));
  return [pid, ...children];
}
