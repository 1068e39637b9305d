import { provePaging } from './paging/prove-paging.js';

provePaging({
  conversations: 10_000,
  walks: [
    { viewer: 'supervisor', limit: 7 },
    { viewer: 'supervisor', limit: 100 },
    { viewer: 'agent of two teams', limit: 3 },
    { viewer: 'agent of two teams', limit: 33 },
  ],
  withinMs: 900_000,
});
