import type { Document } from 'bson';

import { decodeExactly, encode, isBatch, type Statements, statementsOf } from '../bson/documents.js';
import type { EngineConnection, SqlValue } from '../engine/connection.js';
import { RunAgain } from '../engine/turns.js';
import { replyKept, type RetryKey, write, writeOnce, type WriteReply } from '../engine/written-once.js';
import { CommandError } from '../errors/command-error.js';
import { writtenBy } from '../errors/duplicate-key.js';
import { errorCodeOf, isConflict, unpackSqlState } from '../errors/sql-state.js';
import { duplicateInWrite } from './duplicates.js';
import { type Command, type Gateway, inTransaction } from './gateway.js';
import { collectionOf, type Request, retryKeyOf } from './request.js';
import { afterFailure, mayRunAgain } from './retries.js';

type BatchCommand = 'insert' | 'update' | 'delete';

interface WriteError {
  readonly index: number;
  readonly sqlState: string;
  readonly message: string;
}

interface Write {
  readonly name: BatchCommand;
  readonly values: SqlValue[];
  readonly batch: boolean;
  readonly key: RetryKey | undefined;
  readonly statements: () => Statements;
}

/** `insert`, `update` and `delete`: one or more statements in the field or the section of that name. */
export const writeCommand =
  (name: BatchCommand, field: string): Command =>
  async (gateway, request) => {
    const sequence = request.sequences.get(field) ?? null;
    const array = request.fields.get(field);
    const task: Write = {
      name,
      values: [request.database, request.body, sequence],
      batch: isBatch(sequence, array),
      key: retryKeyOf(request),
      statements: () => statementsOf(sequence, array),
    };
    if (request.inTransaction) return writeInTransaction(gateway, request, task);
    const reply = await gateway.turns.run(`${request.database}.${collectionOf(request)}`, (attempt) =>
      gateway.engine.using((connection) => runOnce(connection, task, attempt)),
    );
    return reply.success ? reply.document : describe(gateway, request, task, reply.document);
  };

async function runOnce(connection: EngineConnection, task: Write, attempt: number): Promise<WriteReply> {
  const upserts = () => task.name === 'update' && someUpsert(task.statements());
  try {
    if (task.batch) return await runBatch(connection, task, attempt, upserts);
    const reply = await runStatement(connection, task);
    if (reply.success) return reply;
    // A repeated insert fails on what it inserted the first time; nothing was kept of this run, so look for that one.
    const kept = task.key && (await replyKept(connection, task.key));
    if (kept) return kept;
    if (errorsIn(reply.document).some(({ sqlState }) => mayRunAgain(sqlState, attempt, upserts()))) throw new RunAgain();
    return reply;
  } catch (error) {
    return afterFailure(error, task.key, attempt, false, connection);
  }
}

const runStatement = (connection: EngineConnection, { name, values, key, batch }: Write): Promise<WriteReply> =>
  key ? writeOnce(connection, name, values, key, batch) : write(connection, name, values);

/**
 * In a transaction of its own: when one of its statements lost a race, what the others did is undone, and the whole batch
 * run again. Otherwise the client would see a lock's name where MongoDB only takes longer.
 */
async function runBatch(connection: EngineConnection, task: Write, attempt: number, upserts: () => boolean): Promise<WriteReply> {
  await connection.execute('BEGIN');
  try {
    const reply = await runStatement(connection, task);
    if (!reply.success && errorsIn(reply.document).some(({ sqlState }) => mayRunAgain(sqlState, attempt, upserts()))) throw new RunAgain();
    await connection.execute('COMMIT');
    return reply;
  } catch (error) {
    await connection.execute('ROLLBACK');
    throw error;
  }
}

async function writeInTransaction(gateway: Gateway, request: Request, task: Write): Promise<Buffer> {
  const failed = await inTransaction(gateway, request, async (transaction) => {
    const reply = await write(transaction.connection, task.name, task.values);
    if (reply.success) return reply;
    // MongoDB ends the transaction with the first write error, and reports a conflict as the command's own failure.
    await gateway.transactions.rollBack(transaction);
    const conflict = errorsIn(reply.document).find(({ sqlState }) => isConflict(sqlState));
    if (conflict) throw new CommandError(112, `Write conflict: ${conflict.message}`);
    return reply;
  });
  return failed.success ? failed.document : describe(gateway, request, task, failed.document);
}

function errorsIn(document: Buffer): WriteError[] {
  const { writeErrors = [] } = decodeExactly(document) as { writeErrors?: { index: unknown; code: unknown; errmsg: unknown }[] };
  return writeErrors.map(({ index, code, errmsg }) => ({
    index: Number(index),
    sqlState: unpackSqlState(Number(code)),
    message: String(errmsg),
  }));
}

/** The engine's write errors with MongoDB's codes, and with what it tells of a duplicate key. */
async function describe(gateway: Gateway, request: Request, task: Write, document: Buffer): Promise<Buffer> {
  const reply = decodeExactly(document);
  const writeErrors: Document[] = [];
  for (const { index, sqlState, message } of errorsIn(document)) {
    const code = errorCodeOf(sqlState);
    const duplicate = code === 11000 ? await duplicateInWrite(gateway, request, message, writtenAt(task, index)) : {};
    writeErrors.push({ index, code, errmsg: message, ...duplicate });
  }
  return encode({ ...reply, writeErrors });
}

function writtenAt(task: Write, index: number): Document | undefined {
  const part = task.statements().at(index) as { q?: unknown; u?: unknown } | undefined;
  return task.name === 'insert' ? part : writtenBy(part?.q, part?.u);
}

function someUpsert(statements: Statements): boolean {
  for (let index = 0; index < statements.count; index++) if (statements.at(index)?.['upsert'] === true) return true;
  return false;
}
