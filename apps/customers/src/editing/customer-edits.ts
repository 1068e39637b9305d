import { Injectable } from '@nestjs/common';
import { type AgentActor, type AttributeValue, type CustomerView, entryActorOf } from '@relevo/contracts';
import type { CommandKey } from '@relevo/journal';
import { CatalogueJournal } from '../attributes/catalogue.journal.js';
import { checkedValues, checkPermitted } from '../attributes/values.js';
import { customerView } from '../customers/customer.js';
import { CustomerJournal } from '../customers/customer.journal.js';

export interface Edit {
  readonly set: Record<string, unknown>;
  readonly unset: readonly string[];
  readonly name: string | null;
  /** Of the customer that the agent saw. */
  readonly version: number;
}

/** The way of every edit by an agent: checked against the workspace's definitions, then decided field by field. */
@Injectable()
export class CustomerEdits {
  constructor(
    private readonly customers: CustomerJournal,
    private readonly catalogues: CatalogueJournal,
  ) {}

  async apply(actor: AgentActor, customerId: string, { set, unset, name, version }: Edit, key: CommandKey): Promise<CustomerView> {
    const { workspaceId } = actor;
    const definitions = await this.catalogues.definitions(workspaceId);
    const values: Record<string, AttributeValue> = checkedValues(set, definitions);
    const { id } = await this.customers.require(customerId, workspaceId);
    checkPermitted(set, unset, definitions);
    const { state } = await this.customers.append({
      workspaceId,
      aggregateId: id,
      command: { type: 'edit', by: entryActorOf(actor), set: values, unset: [...unset], name, version },
      ...key,
    });
    return customerView(id, state);
  }
}
