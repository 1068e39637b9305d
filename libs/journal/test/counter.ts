import { type EntryActor, AppError, event } from '@relevo/contracts';
import { type Aggregate, type AggregateState, type Decision, Journal, type JournalEntry } from '../src/index.js';
import { type EventPublisher, outgoing } from '@relevo/messaging';
import type { Clock } from '@relevo/platform';
import type { Connection } from 'mongoose';

/** The smallest aggregate that can refuse, do nothing and count: what the mechanism is tested with. */
export interface CounterState extends AggregateState {
  total: number;
  closed: boolean;
}

export type CounterEntry = JournalEntry<'added', { amount: number }> | JournalEntry<'closed', Record<string, never>>;
export type CounterCommand = { type: 'add'; amount: number } | { type: 'close' } | { type: 'nothing' };

export const counterEvents = event<{ seq: number; total: number }>('conversations', 'internal');

const actor: EntryActor = { kind: 'system', id: 'test', name: '' };

const counter: Aggregate<CounterState, CounterEntry, CounterCommand> = {
  noun: 'counter',
  indexes: [{ key: { total: 1 } }],
  decide(state, command): Decision<CounterEntry> | null {
    if (state?.closed) throw new AppError('CONVERSATION_CLOSED', 'closed');
    if (command.type === 'nothing') return null;
    return command.type === 'close' ? { type: 'closed', actor, data: {} } : { type: 'added', actor, data: { amount: command.amount } };
  },
  fold: (state, { workspaceId, seq, at, ...entry }) => ({
    workspaceId,
    seq,
    at,
    total: (state?.total ?? 0) + (entry.type === 'added' ? entry.data.amount : 0),
    closed: entry.type === 'closed',
  }),
  toEvents: (_before, after, { workspaceId, aggregateId, seq, type }) => [
    outgoing({ contract: counterEvents, workspaceId, aggregateId, seq, fact: type, payload: { seq, total: after.total } }),
  ],
};

export class CounterJournal extends Journal<CounterState, CounterEntry, CounterCommand> {
  constructor(
    private readonly database: Connection,
    clock: Clock,
    publisher: EventPublisher,
  ) {
    super(counter, database, clock, publisher);
  }

  /** Entries of which something was derived, by their ids, with the total that was known then. */
  get derived() {
    return this.database.collection<{ _id: string; total: number }>('counter_derived');
  }

  override async derive(state: CounterState, entries: readonly CounterEntry[]): Promise<void> {
    await Promise.all(entries.map(({ _id }) => this.derived.updateOne({ _id }, { $set: { total: state.total } }, { upsert: true })));
  }

  /** The collections, to plant what a crash would leave. */
  get stored() {
    return this.store;
  }
}
