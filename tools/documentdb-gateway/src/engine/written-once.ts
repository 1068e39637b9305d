import { type EngineConnection, type SqlValue, statement, toDocument } from './connection.js';
import { EngineError } from './engine-error.js';
import { CommandError } from '../errors/command-error.js';

/** Which write of which session: a driver that repeats a write whose reply it missed sends the same key again. */
export interface RetryKey {
  /** The session's id in hexadecimal. */
  readonly session: string;
  readonly txnNumber: bigint;
}

export interface WriteReply {
  readonly document: Buffer;
  readonly success: boolean;
}

export type WriteFunction = 'insert' | 'update' | 'delete' | 'find_and_modify';

const onceViolated = 'written_once';

/**
 * The last retryable write of each session with its reply, written in the same PostgreSQL statement as the write itself.
 * A repeated write violates the check and is undone as a whole; its reply is then the one kept here. The engine's own
 * record (`p_transaction_id`) is not used: it knows no batches, and a repetition consumes it, so that a third copy is
 * applied again. The advisory lock is for two gateways that start at the same time.
 */
export const createWrittenOnceTable = `
  SELECT pg_advisory_xact_lock(7236001);
  CREATE SCHEMA IF NOT EXISTS relevo_gateway;
  CREATE TABLE IF NOT EXISTS relevo_gateway.writes (
    session text PRIMARY KEY,
    txn_number bigint NOT NULL,
    reply documentdb_core.bson,
    success boolean NOT NULL,
    fresh boolean NOT NULL CONSTRAINT ${onceViolated} CHECK (fresh),
    written_at timestamptz NOT NULL DEFAULT now()
  ) WITH (fillfactor = 50)`;

const onRepetition = `
  ON CONFLICT (session) DO UPDATE SET txn_number = excluded.txn_number, reply = excluded.reply,
    success = excluded.success, fresh = kept.txn_number < excluded.txn_number, written_at = now()`;

const callOf = (name: WriteFunction): string =>
  name === 'find_and_modify' ? 'find_and_modify($1, $2)' : `${name}($1, $2, $3)`;

const plainStatement = (name: WriteFunction) =>
  statement(`SELECT p_result, p_success FROM documentdb_api.${callOf(name)}`);

/** A failed single statement changed nothing and is not kept: repeated, it may well succeed. A batch may have done a part. */
function onceStatement(name: WriteFunction) {
  const key = name === 'find_and_modify' ? ['$3', '$4', '$5'] : ['$4', '$5', '$6'];
  return statement(`
    WITH done AS MATERIALIZED (SELECT p_result, p_success FROM documentdb_api.${callOf(name)}),
    kept AS (
      INSERT INTO relevo_gateway.writes AS kept (session, txn_number, reply, success, fresh)
      SELECT ${key[0]}, ${key[1]}::bigint, p_result, coalesce(p_success, true), true
      FROM done WHERE p_success IS NOT false OR ${key[2]}::boolean
      ${onRepetition})
    SELECT p_result, p_success FROM done`);
}

const statementsFor = (name: WriteFunction) => ({ plain: plainStatement(name), once: onceStatement(name) });

const statements = {
  insert: statementsFor('insert'),
  update: statementsFor('update'),
  delete: statementsFor('delete'),
  find_and_modify: statementsFor('find_and_modify'),
};

const find = statement('SELECT txn_number, reply, success FROM relevo_gateway.writes WHERE session = $1');

export async function write(connection: EngineConnection, name: WriteFunction, values: SqlValue[]): Promise<WriteReply> {
  return toReply(await connection.query(statements[name].plain, values));
}

/** Throws what the statement throws; a repetition shows as `isRepetition`. */
export async function writeOnce(
  connection: EngineConnection,
  name: WriteFunction,
  values: SqlValue[],
  key: RetryKey,
  batch: boolean,
): Promise<WriteReply> {
  return toReply(await connection.query(statements[name].once, [...values, key.session, String(key.txnNumber), batch]));
}

const toReply = (rows: readonly (readonly (string | boolean | null)[])[]): WriteReply => {
  const [document, success] = rows[0] ?? [];
  return { document: toDocument(document), success: success !== false };
};

export const isRepetition = (error: unknown): boolean => error instanceof EngineError && error.constraint === onceViolated;

/** What this very write was answered with the first time, if there was one; throws if the session has written since. */
export async function replyKept(connection: EngineConnection, key: RetryKey): Promise<WriteReply | undefined> {
  const [row] = await connection.query(find, [key.session]);
  if (!row) return undefined;
  const [txnNumber, document, success] = row;
  const last = BigInt(String(txnNumber));
  if (last > key.txnNumber) throw new CommandError(225, `Transaction ${key.txnNumber} is older than ${last}, the last one of its session`);
  if (last < key.txnNumber) return undefined;
  return { document: document === null ? Buffer.alloc(0) : toDocument(document), success: success === true };
}

/** Part of a transaction's end: tells a repeated commit, whose reply was lost, that the first one took place. */
export const keepCommit = (key: RetryKey): string => `
  INSERT INTO relevo_gateway.writes AS kept (session, txn_number, success, fresh)
  VALUES ('${key.session}', ${key.txnNumber}, true, true) ${onRepetition}`;

/** Sessions end after 30 minutes without use (`logicalSessionTimeoutMinutes`), and their records with them. */
export const forgetOldWrites = statement(`DELETE FROM relevo_gateway.writes WHERE written_at < now() - interval '30 minutes'`);
