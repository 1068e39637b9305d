import { provePaging } from './paging/prove-paging.js';

/** 10,000 of them, and smaller pages: `paging.long-spec.ts`. */
provePaging({
  conversations: 2_000,
  walks: [
    { viewer: 'supervisor', limit: 100 },
    { viewer: 'agent of two teams', limit: 40 },
  ],
  withinMs: 600_000,
});
