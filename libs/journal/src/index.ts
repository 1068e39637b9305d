export * from './aggregate.js';
export * from './command-key.js';
export * from './journal.js';
export * from './keyed-queue.js';
export type { EntryRange } from './journal-store.js';
export type { ProjectionVerification } from './verify.js';
export * from './verify-journals.js';
export * from './search/search-records.js';
export * from './search/words.js';
