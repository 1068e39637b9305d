import { setTimeout as pause } from 'node:timers/promises';
import type { System } from './system.js';

export interface Probe {
  readonly process: string;
  readonly path: '/healthz' | '/readyz';
  readonly askedAt: number;
  readonly tookMs: number;
  /** 0 when nothing answered. */
  readonly status: number;
}

const everyMs = 200;
/** Far beyond any promise; only keeps a broken run from hanging. */
const patienceMs = 10_000;

/** Asks every process over and over whether it lives and whether it is ready, as an orchestrator would. */
export class Probes {
  readonly all: Probe[] = [];
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[];

  constructor(system: System) {
    this.loops = system.running.processes.flatMap(({ service, replica, url }) =>
      (['/healthz', '/readyz'] as const).map((path) => this.ask(`${service}-${replica}`, url!, path)),
    );
  }

  /** The newest answer of every process. */
  latest(path: Probe['path']): Probe[] {
    return [...new Map(this.all.filter((probe) => probe.path === path).map((probe) => [probe.process, probe])).values()];
  }

  /**
   * What this machine was late by between two instants: liveness needs the event loop alone, so the longest that it took
   * is what any answer may have taken for want of a processor.
   */
  slackMs(from: number, to: number): number {
    const meanwhile = this.all.filter(({ path, askedAt, tookMs }) => path === '/healthz' && askedAt <= to && askedAt + tookMs >= from);
    return Math.max(0, ...meanwhile.map(({ tookMs }) => tookMs));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private async ask(process: string, url: string, path: Probe['path']): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const askedAt = performance.now();
      const status = await statusOf(`${url}${path}`);
      this.all.push({ process, path, askedAt, tookMs: performance.now() - askedAt, status });
      await pause(everyMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}

async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
