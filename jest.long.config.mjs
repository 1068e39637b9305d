import config from './jest.config.mjs';

// What takes minutes by its nature: `npm run test:long`. The files lie beside the others, as `*.long-spec.ts`.
export default {
  ...config,
  testMatch: ['<rootDir>/{apps,libs,tools}/*/test/**/*.long-spec.ts'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
