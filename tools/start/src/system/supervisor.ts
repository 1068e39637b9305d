import { setTimeout as delay } from 'node:timers/promises';
import type { Replica } from './service-process.js';

const firstWaitMs = 500;
const longestWaitMs = 30_000;
/** A life this long counts as a good one: the next wait is the first again. */
const goodLifeMs = 60_000;

/** How long to wait before the next start, after a life of `livedMs` that was itself waited for. */
export const nextWaitMs = (waitedMs: number, livedMs: number): number =>
  livedMs >= goodLifeMs || waitedMs === 0 ? firstWaitMs : Math.min(waitedMs * 2, longestWaitMs);

/** Starts again what died by itself, ever more slowly, and says so. */
export class Supervisor {
  private readonly waited = new Map<Replica, number>();
  private readonly bornAt = new Map<Replica, number>();
  private readonly ending = new AbortController();

  constructor(private readonly say: (line: string) => void) {}

  born(replica: Replica): void {
    this.bornAt.set(replica, Date.now());
  }

  stop(): void {
    this.ending.abort();
  }

  async died(replica: Replica, how: string): Promise<void> {
    const waitMs = nextWaitMs(this.waited.get(replica) ?? 0, Date.now() - (this.bornAt.get(replica) ?? 0));
    this.waited.set(replica, waitMs);
    this.say(`${replica.name} ended (${how}); it starts again in ${waitMs / 1000} s`);
    await delay(waitMs, undefined, { signal: this.ending.signal }).catch(() => undefined);
    // Somebody else may have started it meanwhile.
    if (this.ending.signal.aborted || replica.state !== 'ended') return;
    try {
      await replica.start();
      this.born(replica);
      this.say(`${replica.name} serves again`);
    } catch (error) {
      if (this.ending.signal.aborted) return;
      const [reason = 'no reason'] = (error instanceof Error ? error.message : String(error)).split('\n');
      await this.died(replica, reason);
    }
  }
}
