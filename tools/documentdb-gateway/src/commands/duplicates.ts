import { deserialize, type Document } from 'bson';

import { type Statement, statement, toDocument } from '../engine/connection.js';
import type { EngineError } from '../engine/engine-error.js';
import { CommandError } from '../errors/command-error.js';
import { type DuplicateKey, duplicateKey, idIndex, type Index, writtenInDetail } from '../errors/duplicate-key.js';
import type { Gateway } from './gateway.js';
import { collectionOf, type Request } from './request.js';

const select = `
  SELECT (index_spec).index_name, (index_spec).index_key::text
  FROM documentdb_api_catalog.collection_indexes JOIN documentdb_api_catalog.collections USING (collection_id)
  WHERE database_name = $1 AND collection_name = $2`;
const indexByName = statement(`${select} AND (index_spec).index_name = $3`);
const indexById = statement(`${select} AND index_id = $3::int`);

/** A write error's text names the index: `… Index 'name'`. */
export async function duplicateInWrite(gateway: Gateway, request: Request, text: string, written: Document | undefined): Promise<DuplicateKey> {
  const name = /Index '([^']+)'/.exec(text)?.[1] ?? idIndex.name;
  const index = name === idIndex.name ? idIndex : await findIndex(gateway, request, indexByName, name);
  return duplicateKey(namespaceOf(request), index ?? { name, key: {} }, written);
}

/** A failed statement names PostgreSQL's constraint; `made` are the indexes that the command itself was to make. */
export async function duplicateInStatement(
  gateway: Gateway,
  request: Request,
  error: EngineError,
  written: Document | undefined,
  made: readonly Index[] = [],
): Promise<CommandError> {
  const id = /^documents_rum_index_(\d+)$/.exec(error.constraint)?.[1];
  const known = id === undefined ? idIndex : await findIndex(gateway, request, indexById, id);
  // An index that could not be made leaves no trace; if there was only one, it was that one.
  const index = known ?? (made.length === 1 ? made[0] : undefined);
  const described = duplicateKey(namespaceOf(request), index ?? { name: 'unknown', key: {} }, writtenInDetail(error.detail) ?? written);
  return new CommandError(11000, described.errmsg, { keyPattern: described.keyPattern, keyValue: described.keyValue });
}

const namespaceOf = (request: Request): string => `${request.database}.${collectionOf(request)}`;

async function findIndex(gateway: Gateway, request: Request, find: Statement, nameOrId: string): Promise<Index | undefined> {
  const [row] = await gateway.engine.query(find, [request.database, collectionOf(request), nameOrId]);
  return row && { name: String(row[0]), key: deserialize(toDocument(row[1])) };
}
