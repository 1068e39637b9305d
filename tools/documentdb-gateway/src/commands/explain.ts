import { encode } from '../bson/documents.js';
import { readFields } from '../bson/fields.js';
import { type EngineConnection, type Row, type Statement, statement } from '../engine/connection.js';
import { CommandError } from '../errors/command-error.js';
import { explanation } from '../explain/explanation.js';
import type { ExplainOutput } from '../explain/plan-node.js';
import type { Command } from './gateway.js';
import { subject } from './request.js';

/** The engine's function that stands for a command in a plan, and whether it may be run to count what it reads. */
interface Explained {
  readonly planned: Statement;
  readonly measured: Statement | undefined;
}

const explainOf = (name: string, analyze: boolean): Statement =>
  statement(
    `EXPLAIN (FORMAT JSON, VERBOSE true, ANALYZE ${analyze}) SELECT document FROM documentdb_api_catalog.bson_aggregation_${name}($1, $2)`,
  );

const reading = (name: string): Explained => ({ planned: explainOf(name, false), measured: explainOf(name, true) });
const writing = (name: string): Explained => ({ planned: explainOf(name, false), measured: undefined });

const explained = new Map<string, Explained>([
  ['find', reading('find')],
  ['aggregate', reading('pipeline')],
  ['count', reading('count')],
  ['distinct', reading('distinct')],
  ['update', writing('update')],
  ['delete', writing('delete')],
  ['findAndModify', writing('find_and_modify')],
]);

const tableOf = statement(
  'SELECT collection_id FROM documentdb_api_catalog.collections WHERE database_name = $1 AND collection_name = $2',
);

export const explain: Command = async (gateway, request) => {
  const command = subject(request);
  if (!Buffer.isBuffer(command)) throw new CommandError(14, 'explain needs a command');
  const [[name, collection] = []] = readFields(command);
  const target = name === undefined ? undefined : explained.get(name);
  if (!target || typeof collection !== 'string') throw new CommandError(115, `${name} cannot be explained`);
  const measured = request.fields.get('verbosity') === 'queryPlanner' ? undefined : target.measured;
  const [row] = await gateway.engine.using(async (connection) => {
    await refreshStatistics(connection, request.database, collection);
    return connection.query(measured ?? target.planned, [request.database, command]);
  });
  return encode(explanation(`${request.database}.${collection}`, outputOf(row), measured !== undefined));
};

/** Without statistics, as after a bulk load, the planner guesses, and its plan says nothing about the one in daily use. */
async function refreshStatistics(connection: EngineConnection, database: string, collection: string): Promise<void> {
  const [row] = await connection.query(tableOf, [database, collection]);
  if (row) await connection.execute(`ANALYZE documentdb_data.documents_${String(row[0])}`);
}

/** `pg` parses JSON columns itself. */
function outputOf(row: Row | undefined): ExplainOutput {
  const [output] = (row?.[0] ?? []) as unknown as ExplainOutput[];
  if (!output) throw new CommandError(1, 'The plan is empty');
  return output;
}
