import type { Document } from 'bson';

import { docsExamined, type ExplainOutput, keysExamined, returnedBy } from './plan-node.js';
import { toStage } from './stages.js';

/** MongoDB's answer to `explain`, from PostgreSQL's. */
export function explanation(namespace: string, output: ExplainOutput, measured: boolean): Document {
  const plan = output.Plan;
  const executionStats = {
    executionSuccess: true,
    nReturned: returnedBy(plan),
    executionTimeMillis: Math.round(output['Execution Time'] ?? 0),
    totalKeysExamined: keysExamined(plan),
    totalDocsExamined: docsExamined(plan),
    executionStages: toStage(plan, true),
  };
  return {
    explainVersion: '1',
    queryPlanner: { namespace, winningPlan: toStage(plan, false), rejectedPlans: [] },
    ...(measured ? { executionStats } : {}),
    serverInfo: { version: '7.0.0' },
    ok: 1,
  };
}
