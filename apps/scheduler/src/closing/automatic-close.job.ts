import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { AppError, closeInactive } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { isDatabaseUnavailable } from '@relevo/platform';
import { Counter } from 'prom-client';
import { SchedulerConfig } from '../config.js';
import { Leases } from '../leases/leases.js';

const runs = new Counter({ name: 'relevo_automatic_close_runs_total', help: 'Runs of the automatic close by the replica that had the lease.' });
const failures = new Counter({ name: 'relevo_automatic_close_failures_total', help: 'Runs of the automatic close that failed.' });
const closed = new Counter({ name: 'relevo_automatic_close_closed_total', help: 'Conversations closed by inactivity.' });

const job = 'automatic-close';
const batch = 100;
/** What is due beyond this waits for the next run, so that no run goes on for ever. */
const maxBatches = 100;
/** A batch is up to a hundred appends. */
const batchTimeoutMs = 15_000;

/**
 * Asks the owner, at every interval, to close what has been idle for too long. Which that is, and what time it is, only
 * the owner knows. One replica does it, as long as it renews its lease; a killed one's lease ends within an interval,
 * and another has taken over by the end of the next.
 */
@Injectable()
export class AutomaticCloseJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(AutomaticCloseJob.name);
  private readonly intervalMs: number;
  private running: Promise<void> | null = null;
  private renewing: Promise<void> | null = null;
  private leads = false;
  private failing = false;
  private stopping = false;

  constructor(
    config: SchedulerConfig,
    private readonly schedule: SchedulerRegistry,
    private readonly leases: Leases,
    private readonly bus: MessageBus,
  ) {
    this.intervalMs = config.AUTOMATIC_CLOSE_INTERVAL_MS;
  }

  onApplicationBootstrap(): void {
    this.schedule.addInterval(job, setInterval(() => this.runUnlessRunning(), this.intervalMs));
    // Renewed well before it ends, so that it stays with its holder as long as that one lives.
    this.schedule.addInterval(`${job}-lease`, setInterval(() => this.renewUnlessRenewing(), this.intervalMs / 3));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const name of [job, `${job}-lease`]) this.schedule.deleteInterval(name);
    await this.running;
    // A renewal that came after the release would keep the lease for nobody.
    await this.renewing;
    if (this.leads) await this.leases.release(job).catch((error: unknown) => this.logger.warn(`keeps its lease until it ends: ${String(error)}`));
  }

  private runUnlessRunning(): void {
    this.running ??= this.run().finally(() => (this.running = null));
  }

  private async run(): Promise<void> {
    try {
      this.leads = await this.leases.take(job, this.intervalMs);
      if (!this.leads) return;
      runs.inc();
      await this.closeInBatches();
      if (this.failing) this.logger.log('works again');
      this.failing = false;
    } catch (error) {
      this.failed(error);
    }
  }

  private async closeInBatches(): Promise<void> {
    for (let count = 0; count < maxBatches && this.leads && !this.stopping; count += 1) {
      const report = await this.bus.request(closeInactive, { limit: batch }, systemCaller('scheduler'), batchTimeoutMs);
      closed.inc(report.closed);
      if (report.closed > 0) this.logger.log({ closed: report.closed }, 'closed by inactivity');
      if (!report.more) return;
    }
  }

  private renewUnlessRenewing(): void {
    if (this.leads) this.renewing ??= this.renew().finally(() => (this.renewing = null));
  }

  private async renew(): Promise<void> {
    try {
      this.leads = await this.leases.take(job, this.intervalMs);
    } catch (error) {
      // Whether it is still ours shows when the database is back; the owner's decisions bear two of us meanwhile.
      this.logger.debug(`lease not renewed: ${String(error)}`);
    }
  }

  /** An outage is told once, however many intervals it lasts. */
  private failed(error: unknown): void {
    failures.inc();
    const expected = isDatabaseUnavailable(error) || (error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT'));
    if (!expected) this.logger.error({ err: error }, 'failed; tries again at the next interval');
    else if (!this.failing) this.logger.warn({ reason: String(error) }, 'cannot work now; tries again at every interval');
    this.failing = true;
  }
}
