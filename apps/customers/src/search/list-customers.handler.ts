import { Controller } from '@nestjs/common';
import { type AgentActor, badCursor, type Caller, type CustomerPage, defaultPageSize, type CustomersFound, ListCustomers, listCustomers, SearchCustomers, searchCustomers, type SystemActor, workspaceOf } from '@relevo/contracts';
import { askedWordsOf, type Place } from '@relevo/journal';
import { Handles } from '@relevo/messaging';
import { customerIdOf, customerView } from '../customers/customer.js';
import { CustomerSearch } from './customer-search.js';
import { foundIn } from './found-by.js';

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
    const asked = askedWordsOf(q).dialled;
    const people = customers.map(({ id, state }) => ({ id, state, by: foundIn(state, asked) }));
    // A conversation learns a moment later whom its customer was merged into; who that was follows from the identities.
    const merged = people.flatMap(({ state, by }) => state.identities.map((identity) => [customerIdOf(workspaceId, identity), by] as const));
    const found = [...new Map([...people.map(({ id, by }) => [id, by] as const), ...merged])].slice(0, maxFound);
    return { customerIds: found.map(([id]) => id), foundBy: found.map(([customerId, by]) => ({ customerId, ...by })) };
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
