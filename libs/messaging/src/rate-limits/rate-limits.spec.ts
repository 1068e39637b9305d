import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { MessageBus } from '../message-bus.js';
import { RateLimits } from './rate-limits.js';

type Hear = (error: null, message: Pick<Msg, 'string'>) => void;

/** One replica of a service, whom others tell that they are there. */
function aReplica(): { limits: RateLimits; isThere: (id: string) => void } {
  const heard = new Map<string, Hear>();
  const nats = {
    subscribe: (subject: string, { callback }: { callback: Hear }) => void heard.set(subject, callback),
    publish: () => undefined,
  };
  const limits = new RateLimits(nats as unknown as NatsConnection, { isConnected: true } as MessageBus, 'gateway');
  limits.onModuleInit();
  return { limits, isThere: (id) => heard.get('live.gateway.limits.here')!(null, { string: () => id }) };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('a replica that is silent for three beats is gone', () => {
  const { limits, isThere } = aReplica();
  isThere('other');
  jest.advanceTimersByTime(3_000);
  expect(limits.replicas).toBe(2);
  jest.advanceTimersByTime(1_000);
  expect(limits.replicas).toBe(1);
});

it('whoever was kept from running takes nobody for silent before it could hear them', () => {
  const { limits, isThere } = aReplica();
  isThere('other');
  const held = performance.now() + 10_000;
  const now = jest.spyOn(performance, 'now').mockReturnValue(held);
  jest.advanceTimersByTime(1_000);
  expect(limits.replicas).toBe(2);
  // What was said meanwhile was nothing.
  now.mockReturnValue(held + 1_000);
  jest.advanceTimersByTime(1_000);
  expect(limits.replicas).toBe(1);
});
