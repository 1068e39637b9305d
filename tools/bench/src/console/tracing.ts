import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** What a page's main thread did in one go: script, style, layout and paint together. */
export interface Tasks {
  readonly count: number;
  readonly longestMs: number;
  /** How many took longer than anybody fails to notice. */
  readonly over50: number;
}

const tooLongMs = 50;

/** Chromium's own record of its main thread's tasks while something is done. */
export async function traced<T>(browser: Browser, page: Page, act: () => Promise<T>): Promise<{ result: T; tasks: Tasks }> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  let result: T;
  try {
    result = await act();
  } catch (error) {
    await browser.stopTracing();
    throw error;
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return { result, tasks: tasksOf(traceEvents) };
}

/** Of the busiest page: others, if there are any, are the browser's. */
export function tasksOf(events: readonly TraceEvent[]): Tasks {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const threads = mains.map(({ pid, tid }) =>
    events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name === 'ThreadControllerImpl::RunTask').map(({ dur = 0 }) => dur / 1000),
  );
  const sum = (durations: readonly number[]): number => durations.reduce((total, duration) => total + duration, 0);
  const busiest = threads.toSorted((a, b) => sum(b) - sum(a))[0] ?? [];
  if (busiest.length === 0) throw new Error('The trace has no task of any page');
  return { count: busiest.length, longestMs: Math.max(...busiest), over50: busiest.filter((duration) => duration > tooLongMs).length };
}
