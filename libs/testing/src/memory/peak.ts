import { readFileSync, writeFileSync } from 'node:fs';

/** From now on `peakBytesOf` tells what was resident since (proc_pid_clear_refs(5)). */
export const forgetPeakOf = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** The most that the operating system had given a process at any time, as the kernel itself keeps it. */
export const peakBytesOf = (pid: number): number => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
