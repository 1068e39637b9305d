import { databaseAndBody, createIndexes, drop, dropDatabase, dropIndexes, passedOn, ping } from './catalog.js';
import { cursorCommand, getMore, killCursors } from './cursors.js';
import { explain } from './explain.js';
import { findAndModify } from './find-and-modify.js';
import type { Command } from './gateway.js';
import { collectionOf, type Request } from './request.js';
import { abortTransaction, commitTransaction, endSessions } from './sessions.js';
import { writeCommand } from './write.js';

const bodyOnly = (request: Request) => [request.body];
const databaseOnly = (request: Request) => [request.database];
const namespace = (request: Request) => [request.database, collectionOf(request)];

const collStats = passedOn('SELECT documentdb_api.coll_stats($1, $2)', namespace);
const dbStats = passedOn('SELECT documentdb_api.db_stats($1)', databaseOnly);

/** Every command that reaches the database, by its name on the wire. */
export const commands = new Map<string, Command>([
  ['abortTransaction', abortTransaction],
  ['aggregate', cursorCommand('aggregate')],
  ['collMod', passedOn('SELECT documentdb_api.coll_mod($1, $2, $3)', (request) => [...namespace(request), request.body])],
  ['collStats', collStats],
  ['collstats', collStats],
  ['commitTransaction', commitTransaction],
  ['count', passedOn('SELECT document FROM documentdb_api.count_query($1, $2)', databaseAndBody)],
  ['create', passedOn('SELECT documentdb_api.create_collection_view($1, $2)', databaseAndBody)],
  ['createIndexes', createIndexes],
  ['currentOp', passedOn('SELECT document FROM documentdb_api.current_op_command($1)', bodyOnly)],
  ['dbStats', dbStats],
  ['dbstats', dbStats],
  ['delete', writeCommand('delete', 'deletes')],
  ['distinct', passedOn('SELECT document FROM documentdb_api.distinct_query($1, $2)', databaseAndBody)],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['dropIndexes', dropIndexes],
  ['endSessions', endSessions],
  ['explain', explain],
  ['find', cursorCommand('find')],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['getMore', getMore],
  ['insert', writeCommand('insert', 'documents')],
  ['killCursors', killCursors],
  ['killSessions', endSessions],
  ['listCollections', cursorCommand('list_collections')],
  ['listDatabases', passedOn('SELECT documentdb_api.list_databases($1)', bodyOnly)],
  ['listIndexes', cursorCommand('list_indexes')],
  ['ping', ping],
  ['renameCollection', passedOn('SELECT documentdb_api.rename_collection($1::documentdb_core.bson)', bodyOnly)],
  ['update', writeCommand('update', 'updates')],
  ['validate', passedOn('SELECT document FROM documentdb_api.validate($1, $2)', databaseAndBody)],
]);
