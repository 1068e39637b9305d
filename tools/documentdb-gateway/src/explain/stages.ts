import { childrenOf, docsExamined, type IndexDetail, keysExamined, type PlanNode, returnedBy } from './plan-node.js';

/** A stage in MongoDB's words: COLLSCAN, or FETCH over IXSCAN, with SORT, LIMIT and others above. */
export interface Stage {
  readonly stage: string;
  readonly nReturned?: number;
  readonly keysExamined?: number;
  readonly docsExamined?: number;
  readonly indexName?: string;
  readonly keyPattern?: unknown;
  readonly isMultiKey?: boolean;
  readonly direction?: string;
  readonly indexBounds?: readonly string[];
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
}

const stageNames = new Map([
  ['Seq Scan', 'COLLSCAN'],
  ['Bitmap Heap Scan', 'FETCH'],
  ['BitmapOr', 'OR'],
  ['BitmapAnd', 'AND_SORTED'],
  ['Sort', 'SORT'],
  ['Incremental Sort', 'SORT'],
  ['Limit', 'LIMIT'],
  ['Aggregate', 'GROUP'],
  ['Merge Append', 'SORT_MERGE'],
]);

/** Nodes that only hand on what is below them. */
const transparent = new Set(['Custom Scan', 'Subquery Scan', 'Result', 'ProjectSet', 'Gather', 'Gather Merge']);

const indexScans = new Set(['Index Scan', 'Index Only Scan', 'Bitmap Index Scan']);

/** `measured`: whether the statement was run, so that there is something to count. */
export function toStage(node: PlanNode, measured: boolean, details: readonly IndexDetail[] = []): Stage {
  const known = [...details, ...(node.IndexDetails ?? [])];
  const [child, ...others] = childrenOf(node);
  if (child && others.length === 0 && transparent.has(node['Node Type'])) return toStage(child, measured, known);
  if (indexScans.has(node['Node Type'])) return indexStage(node, measured, known);
  const below = childrenOf(node).map((each) => toStage(each, measured, known));
  return {
    stage: stageName(node),
    ...(measured ? { nReturned: returnedBy(node), docsExamined: docsExamined(node) } : {}),
    ...(below.length === 1 ? { inputStage: below[0] } : {}),
    ...(below.length > 1 ? { inputStages: below } : {}),
  };
}

function stageName(node: PlanNode): string {
  // A collection that does not exist.
  if (node['Function Name'] === 'empty_data_table') return 'EOF';
  return stageNames.get(node['Node Type']) ?? node['Node Type'].toUpperCase().replaceAll(' ', '_');
}

function indexStage(node: PlanNode, measured: boolean, details: readonly IndexDetail[]): Stage {
  const detail = details.find(({ indexName }) => indexName === node['Index Name']);
  const keys = Math.max(keysExamined(node), detail?.innerScanLoops ?? 0);
  const scan: Stage = {
    stage: 'IXSCAN',
    indexName: node['Index Name'],
    ...(measured ? { nReturned: returnedBy(node), keysExamined: keys } : {}),
    ...(detail?.indexKey === undefined ? {} : { keyPattern: JSON.parse(detail.indexKey) as unknown }),
    ...(detail?.isMultiKey === undefined ? {} : { isMultiKey: detail.isMultiKey }),
    ...(detail?.indexBounds === undefined ? {} : { indexBounds: detail.indexBounds }),
    direction: node['Scan Direction'] === 'Backward' ? 'backward' : 'forward',
  };
  if (node['Node Type'] !== 'Index Scan') return scan;
  return { stage: 'FETCH', ...(measured ? { nReturned: returnedBy(node), docsExamined: docsExamined(node) } : {}), inputStage: scan };
}
