import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type CustomerEvent, type CustomerHistoryEntry, customersEvents, notFound } from '@relevo/contracts';
import { Journal } from '@relevo/journal';
import { EventPublisher, outgoing } from '@relevo/messaging';
import { Clock } from '@relevo/platform';
import { type Connection } from 'mongoose';
import { CustomerWords } from '../search/customer-words.js';
import { type CustomerCommand, type CustomerEntry, type CustomerState, customerView } from './customer.js';
import { decide } from './decide.js';
import { fold } from './fold.js';
import { historyBetween } from './history.js';

/** Merges that lead from one customer to the next; more is a fault of ours. */
const maxMerges = 20;

@Injectable()
export class CustomerJournal extends Journal<CustomerState, CustomerEntry, CustomerCommand> {
  constructor(
    @InjectConnection() connection: Connection,
    clock: Clock,
    publisher: EventPublisher,
    private readonly words: CustomerWords,
  ) {
    super(
      {
        noun: 'customer',
        indexes: [{ key: { merging: 1 } }],
        decide,
        fold,
        toEvents: (_before, after, { workspaceId, aggregateId, seq, type }) => {
          const payload: CustomerEvent = { noun: 'customer', workspaceId, customer: customerView(aggregateId, after) };
          return [outgoing({ contract: customersEvents, workspaceId, aggregateId, seq, fact: type, payload })];
        },
      },
      connection,
      clock,
      publisher,
    );
  }

  /** Who is answered finds the customer by what they are called now. */
  protected override async derive(state: CustomerState, entries: readonly CustomerEntry[]): Promise<void> {
    const [entry] = entries;
    if (entry) await this.words.keep(entry.aggregateId, state);
  }

  /** Who the customer is now, whomever they were merged into; null when there is none. */
  async current(customerId: string): Promise<{ id: string; state: CustomerState } | null> {
    let id = customerId;
    for (let step = 0; step < maxMerges; step += 1) {
      const state = await this.load(id);
      if (state === null) return null;
      if (state.mergedInto === null) return { id, state };
      id = state.mergedInto;
    }
    throw new Error(`${customerId} was merged in a circle`);
  }

  /** What happened from one entry to another, oldest first. */
  history(id: string, from: number, to: number): Promise<CustomerHistoryEntry[]> {
    return historyBetween((after, limit) => this.entries(id, { after, limit }), from, to);
  }

  /** The same within a workspace; `NOT_FOUND` for what is not of it. */
  async require(customerId: string, workspaceId: string): Promise<{ id: string; state: CustomerState }> {
    const found = await this.current(customerId);
    if (found?.state.workspaceId !== workspaceId) throw notFound('customer');
    return found;
  }

  /** Customers into whom another is being merged since then or before; a crash may have left it half done. */
  async inMerge(since: Date, limit: number): Promise<{ id: string; workspaceId: string; sourceId: string }[]> {
    const found = await this.store.projections.find({ merging: { $gt: '' }, mergingSince: { $lte: since } }).limit(limit).toArray();
    return found.map(({ _id, workspaceId, ...state }) => ({ id: _id, workspaceId, sourceId: String((state as unknown as CustomerState).merging) }));
  }
}
