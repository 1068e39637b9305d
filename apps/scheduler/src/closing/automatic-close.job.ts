import { Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { closeInactive } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { Counter } from 'prom-client';
import { SchedulerConfig } from '../config.js';
import { jobCounters, LeasedJob } from '../leases/leased-job.js';
import { Leases } from '../leases/leases.js';

const counters = jobCounters('automatic_close', 'the automatic close');
const closed = new Counter({ name: 'relevo_automatic_close_closed_total', help: 'Conversations closed by inactivity.' });

const limit = 100;
/** A batch is up to a hundred appends. */
const timeoutMs = 15_000;

/** Closes what has been idle for longer than its workspace tolerates (product rule "Close"). */
@Injectable()
export class AutomaticCloseJob extends LeasedJob {
  constructor(
    config: SchedulerConfig,
    schedule: SchedulerRegistry,
    leases: Leases,
    private readonly bus: MessageBus,
  ) {
    super('automatic-close', config.AUTOMATIC_CLOSE_INTERVAL_MS, counters, schedule, leases);
  }

  protected async batch(): Promise<boolean> {
    const report = await this.bus.request(closeInactive, { limit }, systemCaller('scheduler'), timeoutMs);
    closed.inc(report.closed);
    if (report.closed > 0) this.logger.log({ closed: report.closed }, 'closed by inactivity');
    return report.more;
  }
}
