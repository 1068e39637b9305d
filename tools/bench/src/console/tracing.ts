import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, by the wall's clock and by the thread's own. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What a page's main thread did in one go: script, style, layout and paint together. */
export interface Tasks {
  readonly count: number;
  /** By the wall's clock: with what other programs took meanwhile. */
  readonly longestMs: number;
  /** By the thread's own clock: what the page itself had to do. */
  readonly longestOwnMs: number;
  /** By the thread's own clock: how many took longer than anybody fails to notice. */
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
  const threads = mains.map(({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name === 'ThreadControllerImpl::RunTask'));
  const own = ({ tdur, dur = 0 }: TraceEvent): number => (tdur ?? dur) / 1000;
  const busy = (tasks: readonly TraceEvent[]): number => tasks.reduce((total, task) => total + own(task), 0);
  const busiest = threads.toSorted((a, b) => busy(b) - busy(a))[0] ?? [];
  if (busiest.length === 0) throw new Error('The trace has no task of any page');
  return {
    count: busiest.length,
    longestMs: Math.max(...busiest.map(({ dur = 0 }) => dur / 1000)),
    longestOwnMs: Math.max(...busiest.map(own)),
    over50: busiest.filter((task) => own(task) > tooLongMs).length,
  };
}
