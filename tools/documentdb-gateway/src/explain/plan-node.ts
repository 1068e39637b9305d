/** A node of PostgreSQL's `EXPLAIN (FORMAT JSON)`, as far as it is read here. Rows are averages per loop. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Scan Direction'?: string;
  readonly 'Function Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  /** The engine's own account of an index scan. */
  readonly IndexDetails?: readonly IndexDetail[];
  readonly Plans?: readonly PlanNode[];
}

export interface IndexDetail {
  readonly indexName: string;
  /** JSON, such as `{"a": 1}`. */
  readonly indexKey?: string;
  readonly indexBounds?: readonly string[];
  readonly isMultiKey?: boolean;
  /** Keys that the scan looked at, filtered ones and the one that ended it included. */
  readonly innerScanLoops?: number;
}

export interface ExplainOutput {
  readonly Plan: PlanNode;
  readonly 'Execution Time'?: number;
}

export const childrenOf = (node: PlanNode): readonly PlanNode[] => node.Plans ?? [];

const perLoop = (node: PlanNode, rows: number | undefined): number => Math.round((rows ?? 0) * (node['Actual Loops'] ?? 1));

export const returnedBy = (node: PlanNode): number => perLoop(node, node['Actual Rows']);

/** What a scan read, whether it kept it or not. */
const readBy = (node: PlanNode): number =>
  returnedBy(node) + perLoop(node, node['Rows Removed by Filter']) + perLoop(node, node['Rows Removed by Index Recheck']);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The keys read below a node: what PostgreSQL counted or what the engine counted, whichever is more. */
export function keysExamined(node: PlanNode): number {
  const own = node['Index Name'] === undefined ? 0 : readBy(node);
  const counted = own + sum(childrenOf(node).map(keysExamined));
  return Math.max(counted, sum((node.IndexDetails ?? []).map(({ innerScanLoops }) => innerScanLoops ?? 0)));
}

const fetches = new Set(['Seq Scan', 'Index Scan', 'Bitmap Heap Scan']);

/** The documents read below a node; an index-only scan reads none. */
export const docsExamined = (node: PlanNode): number =>
  (fetches.has(node['Node Type']) ? readBy(node) : 0) + sum(childrenOf(node).map(docsExamined));
