import { EngineError } from '../engine/engine-error.js';
import type { EngineConnection } from '../engine/connection.js';
import { RunAgain } from '../engine/turns.js';
import { isRepetition, replyKept, type RetryKey, type WriteReply } from '../engine/written-once.js';
import { isConflict, isDuplicate } from '../errors/sql-state.js';

/** Each attempt waits at most for one deadlock to be found; as many as this have never been seen. */
const conflictAttempts = 60;
/** An upsert that met another's insert finds its document the next time; more than a few times it is not that race. */
const upsertAttempts = 3;

export const mayRunAgain = (sqlState: string, attempt: number, upserts: boolean): boolean =>
  (isConflict(sqlState) && attempt < conflictAttempts) || (upserts && isDuplicate(sqlState) && attempt < upsertAttempts);

/** A statement that threw: a repetition has its reply kept, a lost race is run again, everything else is the client's. */
export async function afterFailure(
  error: unknown,
  key: RetryKey | undefined,
  attempt: number,
  upserts: boolean,
  connection: EngineConnection,
): Promise<WriteReply> {
  if (!(error instanceof EngineError)) throw error;
  const kept = key && (isRepetition(error) || isDuplicate(error.sqlState)) ? await replyKept(connection, key) : undefined;
  if (kept) return kept;
  if (mayRunAgain(error.sqlState, attempt, upserts)) throw new RunAgain();
  throw error;
}
