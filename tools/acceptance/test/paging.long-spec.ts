import { provePaging } from './paging/prove-paging.js';

provePaging({
  conversations: 10_000,
  walks: [
    { viewer: 'supervisor', limit: 100 },
    { viewer: 'agent of two teams', limit: 10 },
    { viewer: 'supervisor', limit: 20 },
  ],
  withinMs: 900_000,
});
