import { proveOutages } from './support/prove-outages.js';

// `outages.long-spec.ts` takes the 30 s that are promised.
proveOutages(6_000);
