import { connect, type NatsConnection } from '@nats-io/transport-node';
import { AppError } from '@relevo/contracts';
import { type Stack, startStack } from '@relevo/local-stack';
import { MessageBus, RateLimits } from '../src/index.js';
import { eventually } from './support/eventually.js';
import { patientOptions } from './support/replica.js';

/** Nothing comes back while a test runs, so that counts are exact. */
const rate = { perSecond: 0.001, burst: 10 };

let stack: Stack;
const connections: NatsConnection[] = [];

beforeAll(async () => {
  stack = await startStack({ ephemeral: true, ignoreEnvironment: true, natsSilenceSeconds: 20 });
});

afterAll(async () => {
  await Promise.all(connections.map((nats) => nats.close()));
  await stack?.stop();
});

/** As the service's own NATS user, who may say no more than deploy/nats/users.conf lets it. */
async function replica(service: 'gateway' | 'channels'): Promise<{ limits: RateLimits; nats: NatsConnection }> {
  const nats = await connect(patientOptions(service, stack.nats.urlFor(service)));
  connections.push(nats);
  const bus = new MessageBus(nats);
  bus.onModuleInit();
  // An owner that a busy machine keeps waiting is not gone: what is counted here is whom it lets through.
  const limits = new RateLimits(nats, bus, service, 300_000);
  limits.onModuleInit();
  return { limits, nats };
}

const known = (all: readonly { limits: RateLimits }[], count = all.length): Promise<unknown> =>
  eventually(() => expect(all.map(({ limits }) => limits.replicas)).toEqual(Array(all.length).fill(count)));

const isTaken = (limits: RateLimits, key: string): Promise<boolean> =>
  limits.take(key, rate, 'No.').then(() => true, (error: unknown) => {
    expect((error as AppError).code).toBe('RATE_LIMITED');
    return false;
  });

/** How many of 60 at once are let through. */
async function raced(all: readonly { limits: RateLimits }[], key: string): Promise<number> {
  const taken = await Promise.all(Array.from({ length: 60 }, (_, index) => isTaken(all[index % all.length]!.limits, key)));
  return taken.filter(Boolean).length;
}

const keys = Array.from({ length: 12 }, (_, index) => `key-${index}`);

it.each(['gateway', 'channels'] as const)('three replicas of %s let through exactly one burst of each key', async (service) => {
  const all = await Promise.all([replica(service), replica(service), replica(service)]);
  await known(all);
  for (const key of keys) expect(await raced(all, key)).toBe(rate.burst);
  for (const { limits } of all) limits.beforeApplicationShutdown();
});

it('one that ends is gone at once, one that is cut off within seconds; what they owned lets through one more burst at most', async () => {
  const [staying, ending, cut] = await Promise.all([replica('gateway'), replica('gateway'), replica('gateway')]);
  const all = [staying, ending, cut];
  await known(all);
  for (const key of keys) await raced(all, key);
  ending.limits.beforeApplicationShutdown();
  await known([staying, cut], 2);
  for (const key of keys) expect([0, rate.burst]).toContain(await raced([staying, cut], key));
  // It says no word of it, and asks for nothing more.
  await cut.nats.close();
  await known([staying], 1);
  for (const key of keys) expect([0, rate.burst]).toContain(await raced([staying], key));
  for (const key of keys) expect(await raced([staying], key)).toBe(0);
});
