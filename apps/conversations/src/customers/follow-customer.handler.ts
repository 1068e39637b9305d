import { Controller } from '@nestjs/common';
import { type CustomerEvent, customersEvents } from '@relevo/contracts';
import { HandlesEvent } from '@relevo/messaging';
import { CustomerChanges } from './customer-changes.js';

/** Entries after which a customer may have another name, or be another. */
const facts = ['customer-attributes-collected', 'customer-edited', 'customer-merged-into', 'customer-merged-from'] as const;

/** What is new of a customer is seen by all agents at once, in their conversations too (product rule "Customer's information"). */
@Controller()
export class FollowCustomerHandler {
  constructor(private readonly changes: CustomerChanges) {}

  @HandlesEvent(customersEvents, facts)
  handle({ workspaceId, customer }: CustomerEvent): Promise<void> {
    return this.changes.tellAll(workspaceId, customer.id, customer.mergedIntoId === undefined ? customer : null);
  }
}
