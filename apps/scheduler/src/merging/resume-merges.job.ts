import { Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { resumeMerges } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { Counter } from 'prom-client';
import { SchedulerConfig } from '../config.js';
import { jobCounters, LeasedJob } from '../leases/leased-job.js';
import { Leases } from '../leases/leases.js';

const counters = jobCounters('resume_merges', 'the search for merges left half done');
const resumed = new Counter({ name: 'relevo_resume_merges_resumed_total', help: 'Merges of customers that were left half done, finished or given up.' });

const limit = 100;
/** Each is a few appends. */
const timeoutMs = 15_000;

/** Ends merges of customers that a crash left half done. */
@Injectable()
export class ResumeMergesJob extends LeasedJob {
  constructor(
    config: SchedulerConfig,
    schedule: SchedulerRegistry,
    leases: Leases,
    private readonly bus: MessageBus,
  ) {
    super('resume-merges', config.RESUME_MERGES_INTERVAL_MS, counters, schedule, leases);
  }

  protected async batch(): Promise<boolean> {
    const report = await this.bus.request(resumeMerges, { limit }, systemCaller('scheduler'), timeoutMs);
    resumed.inc(report.resumed);
    if (report.resumed > 0) this.logger.log({ resumed: report.resumed }, 'merges ended that were left half done');
    return report.resumed === limit;
  }
}
