import { newId } from '@relevo/platform';
import mongoose from 'mongoose';
import type { Socket } from 'socket.io-client';
import { type ListCase, listCases, readPage, type Readers } from './lists.js';
import type { Statement, StatementLog } from './statements.js';

export interface ExaminedPage extends ListCase {
  readonly conversations: number;
  readonly page: 'first' | 'second';
  /** Indexed queries that were merged. */
  readonly queries: number;
  /** Index keys that the database examined for the page, all queries together. */
  readonly keys: number;
  /** Of the query that examined the most for each row that it may return: about 1 where the index holds all that is asked. */
  readonly keysPerRow: number;
}

const patienceMs = 10_000;

type Find = Statement & { readonly find: string; readonly limit: number };

const isListQuery = (statement: Statement): statement is Find => statement.find === 'conversation_projection' && typeof statement.limit === 'number' && 'sort' in statement;

/** The log is written behind the answers: what was asked before the mark is there once the mark is. */
async function queriesUntilNow(socket: Socket, log: StatementLog): Promise<Find[]> {
  const mark = `mark-${newId()}`;
  await socket.timeout(patienceMs).emitWithAck('conversation.get', { conversationId: mark });
  const found: Statement[] = [];
  for (const until = Date.now() + patienceMs; Date.now() < until; ) {
    found.push(...(await log.next()));
    if (JSON.stringify(found).includes(mark)) return found.filter(isListQuery);
  }
  throw new Error('The log of statements does not go on');
}

/** Keys that the database examines for one query, asked again as it was. */
async function keysOf(database: mongoose.mongo.Db, { find, filter, sort, limit }: Find): Promise<number> {
  const { executionStats } = (await database.command({ explain: { find, filter, sort, limit }, verbosity: 'executionStats' })) as { executionStats?: { totalKeysExamined?: unknown } };
  const keys = executionStats?.totalKeysExamined;
  if (typeof keys !== 'number') throw new Error('The database does not tell how many keys it examined');
  return keys;
}

/** What each list costs the database, by the very queries that the service sent. */
export async function examineLists(database: mongoose.mongo.Db, log: StatementLog, readers: Readers, conversations: number): Promise<ExaminedPage[]> {
  const examined: ExaminedPage[] = [];
  for (const of of listCases) {
    const socket = readers[of.viewer];
    let cursor: string | undefined;
    for (const page of ['first', 'second'] as const) {
      await queriesUntilNow(socket, log);
      const { nextCursor } = await readPage(socket, of, cursor);
      cursor = nextCursor ?? undefined;
      const queries = await queriesUntilNow(socket, log);
      if (queries.length === 0) throw new Error('The service asked no query that its log shows');
      const keys: number[] = [];
      for (const query of queries) keys.push(await keysOf(database, query));
      examined.push({ ...of, conversations, page, queries: queries.length, keys: keys.reduce((sum, each) => sum + each, 0), keysPerRow: Math.max(...queries.map(({ limit }, index) => (keys[index] ?? 0) / limit)) });
    }
  }
  return examined;
}
