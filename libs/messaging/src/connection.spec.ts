import { ServiceConfig } from '@relevo/platform';
import { connectionOptions } from './connection.js';

/** Promised to whoever asks while NATS is down (docs/architecture.md, "What is down"). */
const promisedMs = 2_000;

it('gives a NATS that answers nothing up in less than is promised, and after OUTAGE_MS where that says otherwise', () => {
  const givenUpAfter = (config: ServiceConfig): number => {
    const { pingInterval = 0, maxPingOut = 0 } = connectionOptions('conversations', config);
    return pingInterval * (maxPingOut + 1);
  };
  expect(givenUpAfter(new ServiceConfig())).toBeLessThan(promisedMs);
  expect(givenUpAfter(Object.assign(new ServiceConfig(), { OUTAGE_MS: 15_000 }))).toBe(15_000);
});
