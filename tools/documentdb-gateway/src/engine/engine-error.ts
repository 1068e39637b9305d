import { DatabaseError } from 'pg';

import { CommandError } from '../errors/command-error.js';
import { isGone } from '../errors/sql-state.js';

/** A statement that PostgreSQL refused. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly sqlState: string,
    message: string,
    readonly constraint = '',
    readonly detail = '',
  ) {
    super(message);
  }
}

/** PostgreSQL cannot be reached, is going, or is not back yet. Whether the statement took effect is not known. */
export class EngineGone extends CommandError {
  constructor(reason: string) {
    super(91, `The database is not available: ${reason}`);
  }
}

/** What `pg` throws has no common type: PostgreSQL's own errors carry a SQLSTATE, everything else is the connection's end. */
export function toEngineFailure(error: unknown): Error {
  if (error instanceof CommandError || error instanceof EngineError) return error;
  if (error instanceof DatabaseError) {
    const sqlState = error.code ?? '';
    if (isGone(sqlState)) return new EngineGone(error.message);
    return new EngineError(sqlState, error.message, error.constraint, error.detail);
  }
  const message = error instanceof Error ? error.message : String(error);
  // pg-pool's words when no connection came free in time; the database itself may be well.
  if (message.startsWith('timeout exceeded')) return new CommandError(262, 'No connection to the database came free in time');
  return new EngineGone(message);
}
