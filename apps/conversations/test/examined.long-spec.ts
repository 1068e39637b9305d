import { proveExamined } from './prove-examined.js';

proveExamined({ conversations: 100_000, teams: 50, agents: 400, customers: 20_000 });
