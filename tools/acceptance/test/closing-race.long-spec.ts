import { proveClosing } from './closing/prove-closing.js';

proveClosing(500, 900_000);
