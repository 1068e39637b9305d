import { Controller } from '@nestjs/common';
import { type AgentActor, badCursor, type Caller, type CustomerPage, defaultPageSize, type CustomersFound, ListCustomers, listCustomers, SearchCustomers, searchCustomers, type SystemActor, workspaceOf } from '@relevo/contracts';
import type { Place } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { customerIdOf, customerView } from '../customers/customer.js';
import { CustomerSearch } from './customer-search.js';

const maxKeys = 1_000;

/** Of the 1,000 keys of a search for conversations. */
const maxKeysForOthers = 200;

/** Whose conversations are looked for at once. */
const maxFound = 20;

/** Customers are seen by all agents of their workspace (product rule "Sight"). */
@Controller()
export class ListCustomersHandler {
  constructor(private readonly search: CustomerSearch) {}

  @Handles(listCustomers)
  async handle({ q, cursor, limit = defaultPageSize }: ListCustomers, { actor }: Caller<AgentActor>): Promise<CustomerPage> {
    const from = cursor === undefined ? null : fromCursor(cursor);
    const { customers, last } = await this.search.page(actor.workspaceId, q, from, limit, maxKeys);
    return { items: customers.map(({ id, state }) => customerView(id, state)), nextCursor: last && toCursor(last) };
  }

  @Handles(searchCustomers)
  async forService({ q }: SearchCustomers, { actor }: Caller<SystemActor>): Promise<CustomersFound> {
    const workspaceId = workspaceOf(actor);
    const { customers } = await this.search.page(workspaceId, q, null, maxFound, maxKeysForOthers);
    // A conversation learns a moment later whom its customer was merged into; who that was follows from the identities.
    const merged = customers.flatMap(({ state }) => state.identities.map((identity) => customerIdOf(workspaceId, identity)));
    return { customerIds: [...new Set([...customers.map(({ id }) => id), ...merged])].slice(0, maxFound) };
  }
}

const toCursor = ({ order, id }: Place): string => Buffer.from(JSON.stringify([order, id])).toString('base64url');

function fromCursor(cursor: string): Place {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value) && value.length === 2) {
      const [order, id] = value as unknown[];
      if (typeof order === 'number' && Number.isSafeInteger(order) && order >= 0 && typeof id === 'string' && /^[\w-]{1,64}$/.test(id)) return { order, id };
    }
  } catch {
    // Not ours; said below.
  }
  throw badCursor();
}
