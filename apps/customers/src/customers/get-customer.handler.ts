import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type CustomerView, GetCustomer, getCustomer, readCustomer, type SystemActor, workspaceOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { customerView } from './customer.js';
import { CustomerJournal } from './customer.journal.js';

/** Customers are seen by all agents of their workspace (product rule "Sight"). */
@Controller()
export class GetCustomerHandler {
  constructor(private readonly customers: CustomerJournal) {}

  @Handles(getCustomer)
  handle({ customerId }: GetCustomer, { actor }: Caller<AgentActor>): Promise<CustomerView> {
    return this.find(customerId, actor.workspaceId);
  }

  @Handles(readCustomer)
  forService({ customerId }: GetCustomer, { actor }: Caller<SystemActor>): Promise<CustomerView> {
    return this.find(customerId, workspaceOf(actor));
  }

  private async find(customerId: string, workspaceId: string): Promise<CustomerView> {
    const { id, state } = await this.customers.require(customerId, workspaceId);
    return customerView(id, state);
  }
}
