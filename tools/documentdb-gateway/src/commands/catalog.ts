import { deserialize, type Document } from 'bson';

import { encode } from '../bson/documents.js';
import { type Statement, statement, type SqlValue, toDocument } from '../engine/connection.js';
import { EngineError } from '../engine/engine-error.js';
import { RunAgain } from '../engine/turns.js';
import { CommandError } from '../errors/command-error.js';
import type { Index } from '../errors/duplicate-key.js';
import { isConflict, isDuplicate, unpackSqlState } from '../errors/sql-state.js';
import { duplicateInStatement } from './duplicates.js';
import { type Command, onConnection } from './gateway.js';
import { collectionOf, type Request } from './request.js';

/** A function of the engine that takes the command as it is and answers with the reply as it is. */
export function passedOn(sql: string, valuesOf: (request: Request) => SqlValue[]): Command {
  const prepared = statement(sql);
  return async (gateway, request) => {
    const [row] = await onConnection(gateway, request, (connection) => connection.query(prepared, valuesOf(request)));
    return toDocument(row?.[0]);
  };
}

export const databaseAndBody = (request: Request): SqlValue[] => [request.database, request.body];

/** The engine reports what went wrong with an index in a reply that says nothing of `ok`. */
interface IndexReply {
  readonly raw?: Record<string, Document>;
  readonly ok?: number;
  readonly code?: number;
  readonly errmsg?: string;
}

function checked(document: Buffer): Document {
  const reply = deserialize(document) as IndexReply;
  const result = (reply.raw ? Object.values(reply.raw)[0] : reply) as IndexReply;
  if (result.errmsg === undefined) return { ...result, ok: 1 };
  throw new EngineError(unpackSqlState(result.code ?? 0), result.errmsg);
}

/** Waits for the index: the engine's own way of making it in the background has no end that could be told to the client. */
const makeIndexes = statement('SELECT documentdb_api_internal.create_indexes_non_concurrently($1, $2, true)');

export const createIndexes: Command = async (gateway, request) => {
  const collection = collectionOf(request);
  if (request.inTransaction) throw new CommandError(263, 'Cannot run createIndexes in a multi-document transaction.');
  try {
    return await gateway.turns.run(`${request.database}.${collection}`, async (attempt) => {
      try {
        const [row] = await gateway.engine.query(makeIndexes, databaseAndBody(request));
        return encode(checked(toDocument(row?.[0])));
      } catch (error) {
        if (isCatalogRace(error) && attempt < catalogAttempts) throw new RunAgain();
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof EngineError && isDuplicate(error.sqlState))) throw error;
    const { indexes } = deserialize(request.body) as unknown as { indexes: Index[] };
    throw await duplicateInStatement(gateway, request, error, undefined, indexes);
  }
};

const catalogAttempts = 10;

/**
 * Instances of a service that start together make the same collections and indexes, and all but one shall find them made.
 * PostgreSQL says so in several ways, `tuple concurrently updated` (XX000) among them.
 */
const isCatalogRace = (error: unknown): boolean =>
  error instanceof EngineError &&
  (isConflict(error.sqlState) || ['23505', '42P07', '42710', 'XX000'].includes(error.sqlState)) &&
  !error.constraint.startsWith('documents_rum_index_');

const removeIndexes = statement('CALL documentdb_api.drop_indexes($1, $2)');

export const dropIndexes: Command = async (gateway, request) => {
  const [row] = await gateway.engine.query(removeIndexes, databaseAndBody(request));
  return encode(checked(toDocument(row?.[0])));
};

const removeCollection = statement('SELECT documentdb_api.drop_collection($1, $2)');

export const drop: Command = async (gateway, request) => {
  const collection = collectionOf(request);
  const [row] = await gateway.engine.query(removeCollection, [request.database, collection]);
  // Since 7.0 MongoDB does not mind either if there is no such collection.
  return encode(row?.[0] === true ? { nIndexesWas: 1, ns: `${request.database}.${collection}`, ok: 1 } : { ok: 1 });
};

const removeDatabase = statement('SELECT documentdb_api.drop_database($1)');

export const dropDatabase: Command = async (gateway, request) => {
  await gateway.engine.query(removeDatabase, [request.database]);
  return encode({ dropped: request.database, ok: 1 });
};

const round: Statement = statement('SELECT 1');

/** Goes to the database and back, so that a ping that is answered says that commands are. */
export const ping: Command = async (gateway) => {
  await gateway.engine.query(round, []);
  return encode({ ok: 1 });
};

