import { explanation } from './explanation.js';
import type { PlanNode } from './plan-node.js';

const scan = (type: string, rows: number, more: Partial<PlanNode> = {}): PlanNode => ({ 'Node Type': type, 'Actual Rows': rows, 'Actual Loops': 1, ...more });
const over = (type: string, rows: number, ...below: PlanNode[]): PlanNode => scan(type, rows, { Plans: below });

const statsOf = (plan: PlanNode): unknown => explanation('d.c', { Plan: plan }, true)['executionStats'];

describe('explanations', () => {
  it('count what an index scan read and then threw away', () => {
    const plan = over('Limit', 5, scan('Index Scan', 5, { 'Index Name': 'i', 'Rows Removed by Filter': 30, 'Rows Removed by Index Recheck': 2 }));
    expect(statsOf(plan)).toMatchObject({ nReturned: 5, totalKeysExamined: 37, totalDocsExamined: 37 });
  });

  it('believe the engine where it counted more keys than PostgreSQL saw', () => {
    const plan = scan('Custom Scan', 5, {
      IndexDetails: [{ indexName: 'i', indexKey: '{"a": 1}', innerScanLoops: 51 }],
      Plans: [scan('Index Scan', 5, { 'Index Name': 'i' })],
    });
    expect(statsOf(plan)).toMatchObject({
      totalKeysExamined: 51,
      totalDocsExamined: 5,
      executionStages: { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'i', keyPattern: { a: 1 }, keysExamined: 51 } },
    });
  });

  it('count a bitmap once: its keys below, its documents above', () => {
    const plan = scan('Bitmap Heap Scan', 3, { 'Rows Removed by Filter': 7, Plans: [scan('Bitmap Index Scan', 10, { 'Index Name': 'i' })] });
    expect(statsOf(plan)).toMatchObject({ totalKeysExamined: 10, totalDocsExamined: 10, executionStages: { stage: 'FETCH', inputStage: { stage: 'IXSCAN' } } });
  });

  it('add up the branches of an $or, and the loops of a join', () => {
    const branch = (name: string, rows: number) => scan('Bitmap Index Scan', rows, { 'Index Name': name });
    expect(statsOf(over('Bitmap Heap Scan', 6, over('BitmapOr', 0, branch('a', 2), branch('b', 4))))).toMatchObject({ totalKeysExamined: 6 });
    expect(statsOf(scan('Index Scan', 2.5, { 'Index Name': 'i', 'Actual Loops': 4 }))).toMatchObject({ totalKeysExamined: 10, nReturned: 10 });
  });

  it('call a sequential scan COLLSCAN, and a collection that does not exist EOF', () => {
    expect(statsOf(scan('Seq Scan', 1, { 'Rows Removed by Filter': 99 }))).toMatchObject({
      totalKeysExamined: 0,
      totalDocsExamined: 100,
      executionStages: { stage: 'COLLSCAN' },
    });
    expect(statsOf(scan('Function Scan', 0, { 'Function Name': 'empty_data_table' }))).toMatchObject({ executionStages: { stage: 'EOF' } });
  });

  it('show a sort, and measure nothing that was only planned', () => {
    const plan: PlanNode = { 'Node Type': 'Sort', Plans: [{ 'Node Type': 'Index Only Scan', 'Index Name': 'i', 'Scan Direction': 'Backward' }] };
    const planned = explanation('d.c', { Plan: plan }, false);
    expect(planned).not.toHaveProperty('executionStats');
    expect(planned['queryPlanner']).toMatchObject({
      namespace: 'd.c',
      winningPlan: { stage: 'SORT', inputStage: { stage: 'IXSCAN', indexName: 'i', direction: 'backward' } },
    });
  });
});
