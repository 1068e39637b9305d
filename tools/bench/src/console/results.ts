import type { Engine, Machine } from '../measuring/machine.js';
import { type Spread, quantile, spreadOf } from '../measuring/statistics.js';
import type { Target } from '../results.js';
import type { FirstLoad, Measured } from './acts.js';

export const actNames = ['firstLoad', 'openLong', 'scrollList', 'flingList', 'scrollThread', 'flingThread'] as const;
export type ActName = (typeof actNames)[number];

/** Everything once. */
export interface ConsoleRun extends Readonly<Record<ActName, Measured>> {
  readonly firstLoad: FirstLoad;
}

export interface ActResult {
  readonly act: ActName;
  readonly ms: Spread;
  /** The longest task of the page's main thread in each run, by the thread's own clock: other programs are no part of it. */
  readonly longestTaskMs: Spread & { readonly p95: number };
  /** The same by the wall's clock, which is the same where the machine does nothing else. */
  readonly longestTaskWallMs: Spread;
  /** Tasks of more than 50 ms by the thread's own clock, over all runs. */
  readonly tasksOver50: number;
  readonly tasks: number;
}

export interface ConsoleResults {
  readonly version: 1;
  readonly runs: number;
  readonly machine: Machine;
  readonly engine: Engine;
  readonly browser: string;
  readonly conversations: number;
  readonly entries: number;
  readonly scriptBytes: number;
  readonly acts: readonly ActResult[];
}

export function resultOf(act: ActName, runs: readonly ConsoleRun[]): ActResult {
  const measured = runs.map((run) => run[act]);
  const longest = measured.map(({ tasks }) => tasks.longestOwnMs);
  const sum = (of: (one: Measured) => number): number => measured.reduce((total, one) => total + of(one), 0);
  return {
    act,
    ms: spreadOf(measured.map(({ ms }) => ms)),
    longestTaskMs: { ...spreadOf(longest), p95: quantile(longest, 0.95) },
    longestTaskWallMs: spreadOf(measured.map(({ tasks }) => tasks.longestMs)),
    tasksOver50: sum(({ tasks }) => tasks.over50),
    tasks: sum(({ tasks }) => tasks.count),
  };
}

export const nameOf = (act: ActName, { conversations, entries }: Pick<ConsoleResults, 'conversations' | 'entries'>): string =>
  ({
    firstLoad: 'first load, nothing cached',
    openLong: `open a conversation of ${entries} entries`,
    scrollList: `scroll ${conversations} rows of the list`,
    flingList: `fling ${conversations} rows back`,
    scrollThread: `scroll ${entries} entries of the thread`,
    flingThread: `fling ${entries} entries back`,
  })[act];

const taskBoundMs = 50;
const scriptBoundBytes = 350_000;

/** What the figures must not pass. Nobody has the page under their hands while it loads: its tasks are told, not judged. */
export const targetsOf = (results: ConsoleResults): Target[] => [
  { name: 'kB of gzipped scripts for the first load', value: results.scriptBytes / 1000, atMost: scriptBoundBytes / 1000 },
  ...results.acts
    .filter(({ act }) => act !== 'firstLoad')
    .map(({ act, longestTaskMs }) => ({ name: `${nameOf(act, results)}: longest task in ms, p95 of the runs`, value: longestTaskMs.p95, atMost: taskBoundMs })),
];
