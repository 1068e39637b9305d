/** What a query costs the database. */
export interface Explained {
  readonly keys: number;
  readonly docs: number;
  /** Of its plan, such as `IXSCAN`; `SORT` and `COLLSCAN` are what no index answers. */
  readonly stages: readonly string[];
}

interface Stage {
  readonly stage: string;
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
}

const stagesOf = ({ stage, inputStage, inputStages = [] }: Stage): string[] => [stage, ...[...inputStages, ...(inputStage ? [inputStage] : [])].flatMap(stagesOf)];

/** Runs the query to count what it reads. */
export async function explain(query: { explain(verbosity: 'executionStats'): Promise<unknown> }): Promise<Explained> {
  const { executionStats } = (await query.explain('executionStats')) as { executionStats: { totalKeysExamined: number; totalDocsExamined: number; executionStages: Stage } };
  return { keys: executionStats.totalKeysExamined, docs: executionStats.totalDocsExamined, stages: stagesOf(executionStats.executionStages) };
}

/** At a place in an order, rows that share it may be looked at from both sides, and the one that ends the scan. */
const ties = 4;

/** What is wrong with a query that may read so many rows; nothing if nothing. */
export function faultsOf(what: string, { keys, docs, stages }: Explained, rows: number): string[] {
  const served = stages.includes('IXSCAN') && !stages.includes('SORT') && !stages.includes('COLLSCAN');
  return served && Math.max(keys, docs) <= rows + ties ? [] : [`${what}: ${keys} keys and ${docs} documents for ${rows} rows, by ${stages.join(' < ')}`];
}
