import { Long } from 'bson';

import { encode } from '../bson/documents.js';
import { readFields } from '../bson/fields.js';
import { type EngineConnection, type Statement, statement, toDocument } from '../engine/connection.js';
import { CommandError } from '../errors/command-error.js';
import type { Transaction } from '../sessions/transactions.js';
import { type Command, type Gateway, inTransaction } from './gateway.js';
import { type Request, subject } from './request.js';

interface FirstPage {
  readonly document: Buffer;
  /** Whether the connection holds the rest, and must not be used by others meanwhile. */
  readonly holdsConnection: boolean;
}

const firstPageOf = (name: string): Statement =>
  statement(`SELECT cursorpage, continuation, persistconnection, cursorid FROM documentdb_api.${name}_cursor_first_page($1, $2)`);

const nextPage = statement('SELECT cursorpage, continuation FROM documentdb_api.cursor_get_more($1, $2, $3)');

/** `find`, `aggregate` and the listings: the first page, and a cursor for what is left. */
export function cursorCommand(name: 'find' | 'aggregate' | 'list_collections' | 'list_indexes'): Command {
  const prepared = firstPageOf(name);
  return async (gateway, request) => {
    if (request.inTransaction) {
      return inTransaction(gateway, request, async (transaction) => {
        const page = await firstPage(gateway, request, prepared, transaction.connection, transaction);
        return page.document;
      });
    }
    const connection = await gateway.engine.acquire();
    let held = false;
    try {
      const page = await firstPage(gateway, request, prepared, connection);
      held = page.holdsConnection;
      return page.document;
    } finally {
      if (!held) connection.release();
    }
  };
}

async function firstPage(
  gateway: Gateway,
  request: Request,
  prepared: Statement,
  connection: EngineConnection,
  transaction?: Transaction,
): Promise<FirstPage> {
  const [row] = await connection.query(prepared, [request.database, request.body]);
  const [page, continuation, persistent, id] = row ?? [];
  const document = toDocument(page);
  if (continuation === null) return { document, holdsConnection: false };
  const holdsConnection = persistent === true && !transaction;
  gateway.cursors.keep(String(id), {
    database: request.database,
    session: request.session,
    continuation: toDocument(continuation),
    held: holdsConnection ? connection : undefined,
    transaction,
    usedAt: Date.now(),
  });
  return { document, holdsConnection };
}

export const getMore: Command = async (gateway, request) => {
  const id = String(subject(request));
  const cursor = gateway.cursors.find(id);
  if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
  const read = (connection: EngineConnection) => connection.query(nextPage, [cursor.database, request.body, cursor.continuation]);
  try {
    const [row] = await (cursor.held
      ? read(cursor.held)
      : cursor.transaction
        ? inTransaction(gateway, request, ({ connection }) => read(connection))
        : gateway.engine.using(read));
    const [page, continuation] = row ?? [];
    cursor.usedAt = Date.now();
    if (continuation === null) gateway.cursors.finish(id);
    else cursor.continuation = toDocument(continuation);
    return toDocument(page);
  } catch (error) {
    gateway.cursors.drop(id);
    throw error;
  }
};

export const killCursors: Command = (gateway, request) => {
  const ids = request.fields.get('cursors');
  const cursorsKilled: Long[] = [];
  const cursorsNotFound: Long[] = [];
  for (const id of Buffer.isBuffer(ids) ? readFields(ids).values() : []) {
    if (typeof id !== 'bigint') continue;
    (gateway.cursors.drop(String(id)) ? cursorsKilled : cursorsNotFound).push(Long.fromBigInt(id));
  }
  return Promise.resolve(encode({ cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }));
};
