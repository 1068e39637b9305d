import { Controller } from '@nestjs/common';
import { type AgentActor, badCursor, type Caller, type CustomerHistory, defaultPageSize, getCustomerHistory, GetCustomerHistory } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { CustomerJournal } from '../customers/customer.journal.js';

/** The entry that the page before ended with; one of the customer's. */
function placeOf(cursor: string, last: number): number {
  const seq = /^[1-9]\d{0,9}$/.test(cursor) ? Number(cursor) : NaN;
  if (!(seq <= last)) throw badCursor();
  return seq;
}

/** Newest first. */
@Controller()
export class GetCustomerHistoryHandler {
  constructor(private readonly customers: CustomerJournal) {}

  @Handles(getCustomerHistory)
  async handle(request: GetCustomerHistory, { actor }: Caller<AgentActor>): Promise<CustomerHistory> {
    const { customerId, limit = defaultPageSize, cursor } = request;
    const { id, state } = await this.customers.require(customerId, actor.workspaceId);
    const last = cursor === undefined ? state.seq : placeOf(cursor, state.seq) - 1;
    const first = Math.max(1, last - limit + 1);
    const page = await this.customers.history(id, first, last);
    return { items: page.reverse(), nextCursor: first > 1 ? String(first) : null };
  }
}
