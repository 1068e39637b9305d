import config from './jest.config.mjs';

// The console in a real Chromium, before a running system: `npm run test:browser`. The files lie beside the others, as `*.browser-spec.ts`.
export default {
  ...config,
  testMatch: ['<rootDir>/apps/console/test/**/*.browser-spec.ts'],
  testTimeout: 60_000,
  maxWorkers: 1,
};
