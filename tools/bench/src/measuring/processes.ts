import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux, whatever the kernel's own tick: what user space sees is hundredths of a second. */
const tickMs = 10;

interface ProcessStat {
  readonly parent: number;
  /** User and system time, of all threads, children that ended included. */
  readonly cpuMs: number;
}

/** Reads a line of /proc/<pid>/stat; the name in it may hold spaces and brackets. */
export function parseStat(line: string): ProcessStat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ').map(Number);
  const [parent = 0, ...times] = [fields[1], fields[11], fields[12], fields[13], fields[14]];
  return { parent, cpuMs: times.reduce<number>((sum, ticks) => sum + (ticks ?? 0), 0) * tickMs };
}

/** Undefined when it is gone. */
function statOf(pid: number): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** CPU time of these processes so far. One that ended counts for nothing, which a difference would show. */
export const cpuMsOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + (statOf(pid)?.cpuMs ?? 0), 0);

/** Everything that this process started, and what they started. */
export function descendantsOf(ancestor: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? statOf(pid) : undefined;
    if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), pid]);
  }
  const found: number[] = [];
  const open = [ancestor];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const own = children.get(pid) ?? [];
    found.push(...own);
    open.push(...own);
  }
  return found;
}
