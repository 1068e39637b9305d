import { proveClosing } from './closing/prove-closing.js';

/** 500 of them: `closing-race.long-spec.ts`. */
proveClosing(60, 600_000);
