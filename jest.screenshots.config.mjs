import config from './jest.config.mjs';

// Pictures of every screen, for docs/screenshots: `npm run screenshots`.
export default {
  ...config,
  testMatch: ['<rootDir>/apps/console/test/pictures/*.pictures.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
  reporters: ['default'],
};
