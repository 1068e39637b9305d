import type { EngineConnection } from '../engine/connection.js';
import type { Engine } from '../engine/engine.js';
import type { Turns } from '../engine/turns.js';
import type { Cursors } from '../sessions/cursors.js';
import type { Transaction, Transactions } from '../sessions/transactions.js';
import { type Request, transactionKeyOf } from './request.js';

/** What every command works with. */
export interface Gateway {
  /** `host:port`, as clients must name this server. */
  readonly address: string;
  readonly engine: Engine;
  readonly turns: Turns;
  readonly transactions: Transactions;
  readonly cursors: Cursors;
}

/** Answers a command with its reply, or throws. */
export type Command = (gateway: Gateway, request: Request) => Promise<Buffer>;

/** Runs on the transaction's connection within one, on any of the pool's otherwise. */
export async function onConnection<T>(
  gateway: Gateway,
  request: Request,
  work: (connection: EngineConnection) => Promise<T>,
): Promise<T> {
  if (!request.inTransaction) return gateway.engine.using(work);
  return inTransaction(gateway, request, (transaction) => work(transaction.connection));
}

/** A statement that fails ends its transaction, in MongoDB as in PostgreSQL. */
export async function inTransaction<T>(
  gateway: Gateway,
  request: Request,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const key = transactionKeyOf(request);
  const begins = request.fields.get('startTransaction') === true;
  const transaction = begins
    ? await gateway.transactions.begin(key, request.connectionId)
    : gateway.transactions.current(key, request.connectionId);
  try {
    return await work(transaction);
  } catch (error) {
    await gateway.transactions.rollBack(transaction);
    throw error;
  }
}
