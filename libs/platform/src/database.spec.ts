import { ServiceConfig } from './config.js';
import { databaseOptions } from './database.js';

/** Promised to whoever asks while the database is down (docs/architecture.md, "What is down"). */
const promisedMs = 2_000;

it('gives a database without a sign of life up, and the search for another primary, in less than is promised; with a larger OUTAGE_MS later', () => {
  const refusedAfter = (config: ServiceConfig): number => {
    const { heartbeatFrequencyMS = 0, connectTimeoutMS = 0, serverSelectionTimeoutMS = 0 } = databaseOptions('conversations', config);
    return heartbeatFrequencyMS + connectTimeoutMS + serverSelectionTimeoutMS;
  };
  expect(refusedAfter(new ServiceConfig())).toBeLessThan(promisedMs);
  expect(refusedAfter(Object.assign(new ServiceConfig(), { OUTAGE_MS: 15_000 }))).toBeGreaterThan(10_000);
});
