import type { EngineConnection } from '../engine/connection.js';
import type { Engine } from '../engine/engine.js';
import { keepCommit, replyKept, type RetryKey } from '../engine/written-once.js';
import { CommandError } from '../errors/command-error.js';

/** How long a statement in a transaction waits for another's lock: MongoDB does not wait at all, but reports a conflict. */
const lockWaitMs = 20;
/** MongoDB's `transactionLifetimeLimitSeconds`. */
const idleLimitMs = 60_000;

/** A transaction holds a connection of its own, from its first statement to its end. */
export interface Transaction {
  readonly key: RetryKey;
  readonly connection: EngineConnection;
  /** The client's connection that its last statement came by. */
  clientConnection: number;
  usedAt: number;
}

export class Transactions {
  /** Open ones by session; a session has at most one. */
  private readonly open = new Map<string, Transaction>();

  constructor(
    private readonly engine: Engine,
    private readonly onEnd: (transaction: Transaction) => void,
  ) {}

  async begin(key: RetryKey, clientConnection: number): Promise<Transaction> {
    const before = this.open.get(key.session);
    if (before?.key.txnNumber === key.txnNumber) throw new CommandError(117, `Transaction ${key.txnNumber} is in progress already`);
    // A client that begins anew has given up the transaction before.
    if (before) await this.rollBack(before);
    const connection = await this.engine.acquire();
    try {
      await connection.execute(`BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = ${lockWaitMs}`);
    } catch (error) {
      connection.discard();
      throw error;
    }
    const transaction = { key, connection, clientConnection, usedAt: Date.now() };
    this.open.set(key.session, transaction);
    return transaction;
  }

  current(key: RetryKey, clientConnection: number): Transaction {
    const transaction = this.find(key);
    if (!transaction) throw noSuchTransaction(key);
    transaction.usedAt = Date.now();
    transaction.clientConnection = clientConnection;
    return transaction;
  }

  async commit(key: RetryKey): Promise<void> {
    const transaction = this.find(key);
    if (!transaction) {
      const kept = await this.engine.using((connection) => replyKept(connection, key));
      if (!kept) throw noSuchTransaction(key);
      return;
    }
    this.end(transaction);
    try {
      await transaction.connection.execute(`${keepCommit(key)}; COMMIT`);
      transaction.connection.release();
    } catch (error) {
      transaction.connection.discard();
      throw error;
    }
  }

  async abort(key: RetryKey): Promise<void> {
    const transaction = this.find(key);
    if (!transaction) throw noSuchTransaction(key);
    await this.rollBack(transaction);
  }

  /** Never throws: whatever becomes of the connection, nothing of the transaction stays. */
  async rollBack(transaction: Transaction): Promise<void> {
    if (this.open.get(transaction.key.session) !== transaction) return;
    this.end(transaction);
    try {
      await transaction.connection.execute('ROLLBACK');
      transaction.connection.release();
    } catch {
      transaction.connection.discard();
    }
  }

  async endSession(session: string): Promise<void> {
    const transaction = this.open.get(session);
    if (transaction) await this.rollBack(transaction);
  }

  /**
   * A client that was killed must not hold its locks until the limit, as it would in MongoDB. A living one that lost only
   * this connection is told that the transaction is gone, and starts it again.
   */
  async endClientConnection(clientConnection: number): Promise<void> {
    await this.rollBackWhere((transaction) => transaction.clientConnection === clientConnection);
  }

  async rollBackIdle(now: number): Promise<void> {
    await this.rollBackWhere(({ usedAt }) => now - usedAt > idleLimitMs);
  }

  async rollBackAll(): Promise<void> {
    await this.rollBackWhere(() => true);
  }

  private async rollBackWhere(matches: (transaction: Transaction) => boolean): Promise<void> {
    await Promise.all([...this.open.values()].filter(matches).map((transaction) => this.rollBack(transaction)));
  }

  private find(key: RetryKey): Transaction | undefined {
    const transaction = this.open.get(key.session);
    return transaction?.key.txnNumber === key.txnNumber ? transaction : undefined;
  }

  private end(transaction: Transaction): void {
    this.open.delete(transaction.key.session);
    this.onEnd(transaction);
  }
}

const noSuchTransaction = ({ txnNumber }: RetryKey): CommandError =>
  new CommandError(251, `Transaction ${txnNumber} has been aborted, or was never begun.`);
