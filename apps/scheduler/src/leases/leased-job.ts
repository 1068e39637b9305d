import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import { AppError } from '@relevo/contracts';
import { isDatabaseUnavailable } from '@relevo/platform';
import { Counter } from 'prom-client';
import type { Leases } from './leases.js';

/** What is due beyond this waits for the next run, so that no run goes on for ever. */
const maxBatches = 100;

/** How often a job ran and failed, as metrics of its name. */
export interface JobCounters {
  readonly runs: Counter;
  readonly failures: Counter;
}

/** `what`: the job, in a sentence; made once in a process, where metrics have their names. */
export const jobCounters = (name: string, what: string): JobCounters => ({
  runs: new Counter({ name: `relevo_${name}_runs_total`, help: `Runs of ${what} by the replica that had the lease.` }),
  failures: new Counter({ name: `relevo_${name}_failures_total`, help: `Runs of ${what} that failed.` }),
});

/**
 * Asks an owner, at every interval, for what is due. Which that is, and what time it is, only the owner knows. One replica
 * does it, as long as it renews its lease; a killed one's lease ends within an interval, and another has taken over by the
 * end of the next.
 */
export abstract class LeasedJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly logger: Logger;
  private running: Promise<void> | null = null;
  private renewing: Promise<void> | null = null;
  private leads = false;
  private failing = false;
  private stopping = false;

  constructor(
    private readonly job: string,
    private readonly intervalMs: number,
    private readonly counters: JobCounters,
    private readonly schedule: SchedulerRegistry,
    private readonly leases: Leases,
  ) {
    this.logger = new Logger(job);
  }

  /** One bounded batch; whether more may be due at once. */
  protected abstract batch(): Promise<boolean>;

  onApplicationBootstrap(): void {
    this.schedule.addInterval(this.job, setInterval(() => this.runUnlessRunning(), this.intervalMs));
    // Renewed well before it ends, so that it stays with its holder as long as that one lives.
    this.schedule.addInterval(`${this.job}-lease`, setInterval(() => this.renewUnlessRenewing(), this.intervalMs / 3));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const name of [this.job, `${this.job}-lease`]) this.schedule.deleteInterval(name);
    await this.running;
    // A renewal that came after the release would keep the lease for nobody.
    await this.renewing;
    if (this.leads) await this.leases.release(this.job).catch((error: unknown) => this.logger.warn(`keeps its lease until it ends: ${String(error)}`));
  }

  private runUnlessRunning(): void {
    this.running ??= this.run().finally(() => (this.running = null));
  }

  private async run(): Promise<void> {
    try {
      this.leads = await this.leases.take(this.job, this.intervalMs);
      if (!this.leads) return;
      this.counters.runs.inc();
      for (let count = 0; count < maxBatches && this.leads && !this.stopping; count += 1) {
        if (!(await this.batch())) break;
      }
      if (this.failing) this.logger.log('works again');
      this.failing = false;
    } catch (error) {
      this.failed(error);
    }
  }

  private renewUnlessRenewing(): void {
    if (this.leads) this.renewing ??= this.renew().finally(() => (this.renewing = null));
  }

  private async renew(): Promise<void> {
    try {
      this.leads = await this.leases.take(this.job, this.intervalMs);
    } catch (error) {
      // Whether it is still ours shows when the database is back; the owner's decisions bear two of us meanwhile.
      this.logger.debug(`lease not renewed: ${String(error)}`);
    }
  }

  /** An outage is told once, however many intervals it lasts. */
  private failed(error: unknown): void {
    this.counters.failures.inc();
    const expected = isDatabaseUnavailable(error) || (error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT'));
    if (!expected) this.logger.error({ err: error }, 'failed; tries again at the next interval');
    else if (!this.failing) this.logger.warn({ reason: String(error) }, 'cannot work now; tries again at every interval');
    this.failing = true;
  }
}
