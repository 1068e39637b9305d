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
  usedAt: number;
}

export class Transactions {
  /** Open ones by session; a session has at most one. */
  private readonly open = new Map<string, Transaction>();

  constructor(
    private readonly engine: Engine,
    private readonly onEnd: (transaction: Transaction) => void,
  ) {}

  async begin(key: RetryKey): Promise<Transaction> {
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
    const transaction = { key, connection, usedAt: Date.now() };
    this.open.set(key.session, transaction);
    return transaction;
  }

  current(key: RetryKey): Transaction {
    const transaction = this.find(key);
    if (!transaction) throw noSuchTransaction(key);
    transaction.usedAt = Date.now();
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
    await this.rollBack(this.current(key));
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

  async rollBackIdle(now: number): Promise<void> {
    const idle = [...this.open.values()].filter(({ usedAt }) => now - usedAt > idleLimitMs);
    await Promise.all(idle.map((transaction) => this.rollBack(transaction)));
  }

  async rollBackAll(): Promise<void> {
    await Promise.all([...this.open.values()].map((transaction) => this.rollBack(transaction)));
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
