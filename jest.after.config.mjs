import config from './jest.config.mjs';

// What judges the runs of the others, after them: `npm run test:documents`.
export default {
  ...config,
  testMatch: ['<rootDir>/tools/acceptance/test/**/*.after-spec.ts'],
  reporters: ['default'],
};
