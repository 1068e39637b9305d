import { Controller, Logger } from '@nestjs/common';
import { type EntryActor, type ResumeMerges, resumeMerges, type ResumeMergesReport } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Clock, isDatabaseUnavailable } from '@relevo/platform';
import { CustomersConfig } from '../config.js';
import { CustomerJournal } from '../customers/customer.journal.js';
import { Merges } from './merges.js';

const system: EntryActor = { kind: 'system', id: 'customers', name: 'Relevo' };

const defaultBatch = 100;

@Controller()
export class ResumeMergesHandler {
  private readonly logger = new Logger(ResumeMergesHandler.name);

  constructor(
    private readonly customers: CustomerJournal,
    private readonly merges: Merges,
    private readonly clock: Clock,
    private readonly config: CustomersConfig,
  ) {}

  @Handles(resumeMerges)
  async handle({ limit = defaultBatch }: ResumeMerges): Promise<ResumeMergesReport> {
    const hanging = await this.customers.inMerge(new Date(this.clock.now().getTime() - this.config.MERGE_GRACE_MS), limit);
    let resumed = 0;
    for (const { id, workspaceId, sourceId } of hanging) {
      try {
        await this.merges.resume(workspaceId, sourceId, id, system);
        resumed += 1;
      } catch (error) {
        if (isDatabaseUnavailable(error)) throw error;
        // One that cannot be ended must not keep the others from it.
        this.logger.error({ customerId: id, sourceId, err: error }, 'a merge that was left half done could not be ended; it is tried again');
      }
    }
    return { resumed };
  }
}
