import { Controller } from '@nestjs/common';
import { type AgentActor, AppError, type Caller, type CustomerView, entryActorOf, mergeCustomer, type MergeCustomer } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { customerView } from '../customers/customer.js';
import { CustomerJournal } from '../customers/customer.journal.js';
import { Merges } from './merges.js';

@Controller()
export class MergeCustomerHandler {
  constructor(
    private readonly customers: CustomerJournal,
    private readonly merges: Merges,
  ) {}

  @Handles(mergeCustomer)
  async handle({ customerId, intoId }: MergeCustomer, { actor }: Caller<AgentActor>): Promise<CustomerView> {
    const { workspaceId } = actor;
    const source = await this.customers.require(customerId, workspaceId);
    const target = await this.customers.require(intoId, workspaceId);
    if (source.id !== target.id) {
      const state = await this.merges.merge(workspaceId, source.id, target.id, entryActorOf(actor));
      return customerView(target.id, state);
    }
    // Merged before, perhaps by this very command.
    if (customerId === target.id) throw new AppError('RULE_VIOLATED', 'A customer cannot be merged into themselves.', { errors: [{ path: 'intoId', message: 'is the same customer' }] });
    return customerView(target.id, target.state);
  }
}
