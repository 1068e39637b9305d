import { Controller } from '@nestjs/common';
import { type AgentActor, type Caller, type CustomerView, invalid, updateCustomer, UpdateCustomer } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { CustomerEdits } from './customer-edits.js';

@Controller()
export class UpdateCustomerHandler {
  constructor(private readonly edits: CustomerEdits) {}

  @Handles(updateCustomer)
  async handle(request: UpdateCustomer, { actor }: Caller<AgentActor>): Promise<CustomerView> {
    const { customerId, set = {}, unset = [], name, version } = request;
    const both = unset.find((key) => Object.hasOwn(set, key));
    if (both !== undefined) throw invalid(`set.${both}`, 'cannot be set and unset at once');
    const edit = { set, unset, name: name?.trim() ?? null, version };
    return this.edits.apply(actor, customerId, edit, commandKeyOf(actor, 'update-customer', request));
  }
}
