import { deserialize } from 'bson';

import { EngineError } from '../engine/engine-error.js';
import { write, writeOnce } from '../engine/written-once.js';
import { writtenBy } from '../errors/duplicate-key.js';
import { isDuplicate } from '../errors/sql-state.js';
import { duplicateInStatement } from './duplicates.js';
import { type Command, type Gateway, onConnection } from './gateway.js';
import { collectionOf, type Request, retryKeyOf } from './request.js';
import { afterFailure } from './retries.js';

export const findAndModify: Command = async (gateway, request) => {
  try {
    return await run(gateway, request);
  } catch (error) {
    if (!(error instanceof EngineError && isDuplicate(error.sqlState))) throw error;
    const command = deserialize(request.body) as { query?: unknown; update?: unknown };
    throw await duplicateInStatement(gateway, request, error, writtenBy(command.query, command.update));
  }
};

async function run(gateway: Gateway, request: Request): Promise<Buffer> {
  const values = [request.database, request.body];
  if (request.inTransaction) {
    const reply = await onConnection(gateway, request, (connection) => write(connection, 'find_and_modify', values));
    return reply.document;
  }
  const key = retryKeyOf(request);
  const upserts = request.fields.get('upsert') === true;
  const reply = await gateway.turns.run(`${request.database}.${collectionOf(request)}`, (attempt) =>
    gateway.engine.using(async (connection) => {
      try {
        return await (key ? writeOnce(connection, 'find_and_modify', values, key, false) : write(connection, 'find_and_modify', values));
      } catch (error) {
        return afterFailure(error, key, attempt, upserts, connection);
      }
    }),
  );
  return reply.document;
}
