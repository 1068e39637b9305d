import { Controller } from '@nestjs/common';
import { type AgentActor, AppError, type Caller, type CustomerFieldChange, type CustomerView, notFound, revertCustomer, RevertCustomer } from '@relevo/contracts';
import { commandKeyOf } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { attributeField, nameField } from '../customers/customer.js';
import { CustomerJournal } from '../customers/customer.journal.js';
import { CustomerEdits, type Edit } from './customer-edits.js';

const attributes = attributeField('');

/** What brings the changed fields back to what they were; decided as an edit of whoever saw that entry last. */
function inverseOf(changes: readonly CustomerFieldChange[], seq: number): Edit {
  const ofAttributes = changes.filter(({ field }) => field.startsWith(attributes)).map(({ field, from }) => ({ key: field.slice(attributes.length), from }));
  const name = changes.find(({ field }) => field === nameField)?.from;
  return {
    set: Object.fromEntries(ofAttributes.filter(({ from }) => from !== null).map(({ key, from }) => [key, from])),
    unset: ofAttributes.filter(({ from }) => from === null).map(({ key }) => key),
    name: typeof name === 'string' ? name : null,
    version: seq,
  };
}

@Controller()
export class RevertCustomerHandler {
  constructor(
    private readonly customers: CustomerJournal,
    private readonly edits: CustomerEdits,
  ) {}

  @Handles(revertCustomer)
  async handle(request: RevertCustomer, { actor }: Caller<AgentActor>): Promise<CustomerView> {
    const { customerId, seq } = request;
    const { id } = await this.customers.require(customerId, actor.workspaceId);
    const [entry] = await this.customers.history(id, seq, seq);
    if (!entry) throw notFound('entry');
    if (entry.type !== 'customer-edited' && entry.type !== 'customer-attributes-collected') {
      throw new AppError('RULE_VIOLATED', 'Only what was edited or collected can be taken back.', { errors: [{ path: 'seq', message: 'is not an edit' }] });
    }
    return this.edits.apply(actor, id, inverseOf(entry.changes, seq), commandKeyOf(actor, 'revert-customer', request));
  }
}
