import type { Document } from 'bson';

import { EngineError } from '../engine/engine-error.js';
import { CommandError } from './command-error.js';
import { codeName, type ErrorCode } from './error-code.js';
import { errorCodeOf, isConflict } from './sql-state.js';

/** What decides on a failure's labels. */
export interface FailedCommand {
  readonly name: string;
  readonly inTransaction: boolean;
}

/** In a transaction a lock that is not granted is a conflict too: the whole transaction has to be run again. */
export function codeOf(error: unknown, inTransaction: boolean): ErrorCode {
  if (error instanceof CommandError) return error.code;
  if (!(error instanceof EngineError)) return 1;
  return inTransaction && isConflict(error.sqlState) ? 112 : errorCodeOf(error.sqlState);
}

const transient = new Set<ErrorCode>([24, 91, 112, 251, 262]);
const transientAtCommit = new Set<ErrorCode>([112, 251]);
const retryable = new Set<ErrorCode>([91, 262]);

/** The labels by which a driver knows what it may repeat: the write, the commit, or the whole transaction. */
export function labelsOf(code: ErrorCode, { name, inTransaction }: FailedCommand): string[] {
  const endsTransaction = name === 'commitTransaction' || name === 'abortTransaction';
  const labels: string[] = [];
  if (inTransaction && (endsTransaction ? transientAtCommit : transient).has(code)) labels.push('TransientTransactionError');
  if ((!inTransaction || endsTransaction) && retryable.has(code)) labels.push('RetryableWriteError');
  return labels;
}

export function errorReply(error: unknown, command: FailedCommand): Document {
  const code = codeOf(error, command.inTransaction);
  const errorLabels = labelsOf(code, command);
  return {
    ok: 0,
    errmsg: error instanceof Error ? error.message : String(error),
    code,
    codeName: codeName(code),
    ...(error instanceof CommandError ? error.details : {}),
    ...(errorLabels.length > 0 ? { errorLabels } : {}),
  };
}
