import config from './jest.config.mjs';

// The console in a real Chromium, before one running system for all files: `npm run test:browser`. They lie beside the others,
// as `*.browser-spec.ts`; what kills a service starts a system of its own.
export default {
  ...config,
  testMatch: ['<rootDir>/apps/console/test/**/*.browser-spec.ts'],
  globalSetup: '<rootDir>/apps/console/test/support/start-system.mjs',
  globalTeardown: '<rootDir>/apps/console/test/support/stop-system.mjs',
};
