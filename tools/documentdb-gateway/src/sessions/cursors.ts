import type { EngineConnection } from '../engine/connection.js';
import type { Transaction } from './transactions.js';

/** MongoDB's `cursorTimeoutMillis`. */
const idleLimitMs = 600_000;

export interface Cursor {
  readonly database: string;
  readonly session: string | undefined;
  /** Where the engine goes on; handed back to it with every `getMore`. */
  continuation: Buffer;
  /** A sorted or grouped result lives in a portal of the connection that made it, which is held until the last page. */
  readonly held: EngineConnection | undefined;
  readonly transaction: Transaction | undefined;
  usedAt: number;
}

/** Cursors that have pages left, by their id. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();

  keep(id: string, cursor: Cursor): void {
    this.open.set(id, cursor);
  }

  find(id: string): Cursor | undefined {
    return this.open.get(id);
  }

  /** After its last page: nothing of it is left in the connection. */
  finish(id: string): void {
    const cursor = this.open.get(id);
    if (this.open.delete(id)) cursor?.held?.release();
  }

  /** Before its last page: the rest of it is still in the connection, which is of use to others without it. */
  drop(id: string): boolean {
    const cursor = this.open.get(id);
    if (!cursor) return false;
    this.open.delete(id);
    if (cursor.held) void closePortals(cursor.held);
    return true;
  }

  dropOfTransaction(transaction: Transaction): void {
    this.dropWhere((cursor) => cursor.transaction === transaction);
  }

  dropOfSession(session: string): void {
    this.dropWhere((cursor) => cursor.session === session);
  }

  dropIdle(now: number): void {
    this.dropWhere((cursor) => now - cursor.usedAt > idleLimitMs);
  }

  dropAll(): void {
    this.dropWhere(() => true);
  }

  private dropWhere(matches: (cursor: Cursor) => boolean): void {
    for (const [id, cursor] of this.open) if (matches(cursor)) this.drop(id);
  }
}

async function closePortals(connection: EngineConnection): Promise<void> {
  try {
    await connection.execute('CLOSE ALL');
    connection.release();
  } catch {
    connection.discard();
  }
}
