import { Injectable } from '@nestjs/common';
import { AppError, type EntryActor, notFound } from '@relevo/contracts';
import { naturalKey } from '@relevo/journal';
import { newId } from '@relevo/platform';
import type { CustomerCommand, CustomerState, Inheritance } from '../customers/customer.js';
import { CustomerJournal } from '../customers/customer.journal.js';

const inheritanceOf = ({ name, identities, attributes, affinityAgentId, blocked }: CustomerState): Inheritance => ({ name, identities, attributes, affinityAgentId, blocked });

/**
 * Makes one customer of two, in three steps of two histories: the target says that it begins, the source that it goes on
 * as the target (the commit), the target that it has taken over. Whatever a crash leaves half done is finished or given
 * up by the next who comes.
 */
@Injectable()
export class Merges {
  constructor(private readonly customers: CustomerJournal) {}

  /** The target as it is with the source's. Repeated, it is done already. */
  async merge(workspaceId: string, sourceId: string, targetId: string, by: EntryActor): Promise<CustomerState> {
    const source = await this.requireOf(workspaceId, sourceId);
    if (source.mergedInto !== targetId) {
      await this.append(workspaceId, targetId, { type: 'begin-merge', by, sourceId });
      try {
        await this.append(workspaceId, sourceId, { type: 'merge-into', by, intoId: targetId });
      } catch (error) {
        // Refused, it will never be; of any other failure nobody knows how it ended.
        if (error instanceof AppError && error.code === 'RULE_VIOLATED') await this.append(workspaceId, targetId, { type: 'give-up-merge', by, sourceId });
        throw error;
      }
    }
    return this.takeOver(workspaceId, sourceId, targetId, by);
  }

  /** Ends a merge that was begun and not ended: as its source says. */
  async resume(workspaceId: string, sourceId: string, targetId: string, by: EntryActor): Promise<void> {
    const source = await this.requireOf(workspaceId, sourceId);
    if (source.mergedInto === targetId) await this.takeOver(workspaceId, sourceId, targetId, by);
    else await this.append(workspaceId, targetId, { type: 'give-up-merge', by, sourceId });
  }

  private async takeOver(workspaceId: string, sourceId: string, targetId: string, by: EntryActor): Promise<CustomerState> {
    // From its commit on the source changes no more.
    const source = await this.requireOf(workspaceId, sourceId);
    return this.append(workspaceId, targetId, { type: 'merge-from', by, sourceId, source: inheritanceOf(source) });
  }

  private async requireOf(workspaceId: string, customerId: string): Promise<CustomerState> {
    const state = await this.customers.load(customerId);
    if (state?.workspaceId !== workspaceId) throw notFound('customer');
    return state;
  }

  /** Each step is decided by what the histories say, so a repeat is nothing to do; its key need only be nobody else's. */
  private async append(workspaceId: string, aggregateId: string, command: CustomerCommand): Promise<CustomerState> {
    return (await this.customers.append({ workspaceId, aggregateId, command, ...naturalKey('merge', newId()) })).state;
  }
}
