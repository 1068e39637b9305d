import { InFlight } from './in-flight.js';

const [one, other] = [{}, {}];

it('waits for what came over one connection, what comes meanwhile included, and not for the others', async () => {
  const inFlight = new InFlight();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  inFlight.track(one, first.promise);
  inFlight.track(other, new Promise(() => undefined));
  let isSettled = false;
  const settled = inFlight.settle(one, 60_000).then(() => (isSettled = true));
  inFlight.track(one, second.promise);
  first.reject(new Error('refused'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isSettled).toBe(false);
  second.resolve();
  await settled;
  await inFlight.settle({}, 60_000);
});

it('waits no longer than it may', async () => {
  const inFlight = new InFlight();
  inFlight.track(one, new Promise(() => undefined));
  await inFlight.settle(one, 1);
});
