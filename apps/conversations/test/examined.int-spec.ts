import { proveExamined } from './prove-examined.js';

/** Enough that no list fits on a page. 100,000, in 50 teams: `examined.long-spec.ts`. */
proveExamined({ conversations: 2_000, teams: 3, agents: 8, customers: 60 });
