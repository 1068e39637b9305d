import config from './jest.config.mjs';

// What is promised in seconds or bytes, while parts are killed and frozen: one file after the other, with nothing beside it that
// would keep a small machine busy: the second part of `npm test`. The files lie beside the others, as `*.alone-spec.ts`.
export default {
  ...config,
  testMatch: ['<rootDir>/{apps,libs,tools}/*/test/**/*.alone-spec.ts'],
  maxWorkers: 1,
};
