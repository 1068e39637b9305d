import { proveOutages } from './support/prove-outages.js';

proveOutages(30_000);
