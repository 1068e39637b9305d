import { Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { removeUnusedFiles } from '@relevo/contracts';
import { MessageBus, systemCaller } from '@relevo/messaging';
import { Counter } from 'prom-client';
import { SchedulerConfig } from '../config.js';
import { jobCounters, LeasedJob } from '../leases/leased-job.js';
import { Leases } from '../leases/leases.js';

const counters = jobCounters('remove_unused_files', 'the removal of files that no message refers to');
const removed = new Counter({ name: 'relevo_remove_unused_files_removed_total', help: 'Files removed that no message refers to.' });

const limit = 25;
/** Each is up to 160 pieces to delete, and a question to the owner of conversations. */
const timeoutMs = 15_000;

/** Removes what was uploaded and never sent. */
@Injectable()
export class RemoveUnusedFilesJob extends LeasedJob {
  constructor(
    config: SchedulerConfig,
    schedule: SchedulerRegistry,
    leases: Leases,
    private readonly bus: MessageBus,
  ) {
    super('remove-unused-files', config.REMOVE_UNUSED_FILES_INTERVAL_MS, counters, schedule, leases);
  }

  protected async batch(): Promise<boolean> {
    const report = await this.bus.request(removeUnusedFiles, { limit }, systemCaller('scheduler'), timeoutMs);
    removed.inc(report.removed);
    if (report.removed > 0) this.logger.log({ removed: report.removed }, 'files removed that no message refers to');
    return report.more;
  }
}
