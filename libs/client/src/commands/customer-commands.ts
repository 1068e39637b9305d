import type { CustomerHistoryEntry, CustomerView } from '@relevo/contracts';
import type { CommandName, RequestOf } from '../api/operations.js';
import type { FieldValues } from '../customers/fields.js';
import type { CommandOptions } from './requests.js';

type Command = Extract<CommandName, `${string} /customers/:customerId${string}`>;

/** `values`: what it makes of which fields. */
export type RunOnCustomer = <N extends Command>(name: N, body: RequestOf<N>, values: FieldValues, options?: CommandOptions) => Promise<CustomerView>;

/** What is corrected, added, taken out; `version` is that of the customer the agent saw. */
export type CustomerEdit = Omit<RequestOf<'PATCH /customers/:customerId'>, 'customerId'>;

const valuesOf = ({ set = {}, unset = [], name }: CustomerEdit): FieldValues =>
  new Map<string, unknown>([
    ...Object.entries(set).map(([key, value]) => [`attributes.${key}`, value] as const),
    ...unset.map((key) => [`attributes.${key}`, null] as const),
    ...(name === undefined ? [] : [['name', name.trim()] as const]),
  ]);

/** What an agent does with a customer. Its effect is in what is shown of them with the answer, and not pointed out as news. */
export class CustomerCommands {
  constructor(private readonly run: RunOnCustomer) {}

  /** What others changed since `version` is `CONFLICT` where it is the same field (`details.fields`, `details.version`). */
  update(customerId: string, edit: CustomerEdit, options?: CommandOptions): Promise<CustomerView> {
    return this.run('PATCH /customers/:customerId', { customerId, ...edit }, valuesOf(edit), options);
  }

  /** Takes back what this entry of the history changed; `CONFLICT` as for `update` where it changed again since. */
  revert(customerId: string, { seq, changes }: Pick<CustomerHistoryEntry, 'seq' | 'changes'>, options?: CommandOptions): Promise<CustomerView> {
    const values = new Map(changes.map(({ field, from }) => [field, from]));
    return this.run('POST /customers/:customerId/revert', { customerId, seq }, values, options);
  }

  /** They are one person, and go on as the other, who is answered. */
  merge(customerId: string, intoId: string, options?: CommandOptions): Promise<CustomerView> {
    return this.run('POST /customers/:customerId/merge', { customerId, intoId }, new Map(), options);
  }

  /** Supervisors: from then on they reach nobody. */
  block(customerId: string, options?: CommandOptions): Promise<CustomerView> {
    return this.run('PUT /customers/:customerId/block', { customerId }, new Map([['blocked', true]]), options);
  }

  unblock(customerId: string, options?: CommandOptions): Promise<CustomerView> {
    return this.run('DELETE /customers/:customerId/block', { customerId }, new Map([['blocked', false]]), options);
  }

  /** Makes them this agent's; another's than one's own is an admin's to change. */
  take(customerId: string, agentId: string, options?: CommandOptions): Promise<CustomerView> {
    return this.run('PUT /customers/:customerId/affinity', { customerId, agentId }, new Map([['affinityAgentId', agentId]]), options);
  }

  drop(customerId: string, options?: CommandOptions): Promise<CustomerView> {
    return this.run('DELETE /customers/:customerId/affinity', { customerId }, new Map([['affinityAgentId', null]]), options);
  }
}
