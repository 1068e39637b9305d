import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type CustomerHistory, getCustomerHistory, GetCustomerHistory, pageOf } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { CustomerJournal } from '../customers/customer.journal.js';
import { historyOf } from '../customers/history.js';

@Controller()
export class GetCustomerHistoryHandler {
  constructor(private readonly customers: CustomerJournal) {}

  @Handles(getCustomerHistory)
  async handle(request: GetCustomerHistory, { actor }: Caller<AgentActor>): Promise<CustomerHistory> {
    const { id } = await this.customers.require(request.customerId, actor.workspaceId);
    const history = historyOf(await this.customers.entries(id)).reverse();
    return pageOf(history, request, ({ seq }) => String(seq));
  }
}
