import { Controller } from '@nestjs/common';
import { type EntryActor, type ResumeMerges, resumeMerges, type ResumeMergesReport } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { CustomersConfig } from '../config.js';
import { CustomerJournal } from '../customers/customer.journal.js';
import { Merges } from './merges.js';

const system: EntryActor = { kind: 'system', id: 'customers', name: 'Relevo' };

const defaultBatch = 100;

@Controller()
export class ResumeMergesHandler {
  constructor(
    private readonly customers: CustomerJournal,
    private readonly merges: Merges,
    private readonly clock: Clock,
    private readonly config: CustomersConfig,
  ) {}

  @Handles(resumeMerges)
  async handle({ limit = defaultBatch }: ResumeMerges): Promise<ResumeMergesReport> {
    const hanging = await this.customers.inMerge(new Date(this.clock.now().getTime() - this.config.MERGE_GRACE_MS), limit);
    for (const { id, workspaceId, sourceId } of hanging) await this.merges.resume(workspaceId, sourceId, id, system);
    return { resumed: hanging.length };
  }
}
