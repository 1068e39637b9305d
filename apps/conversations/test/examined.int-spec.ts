import { proveExamined } from './prove-examined.js';

/** Enough that no list fits on a page. 100,000, in 50 teams: `examined.long-spec.ts`. */
proveExamined({ conversations: 3_000, teams: 4, agents: 10, customers: 100 });
