import { unvalidatedSubjects } from '@relevo/messaging/testing';
import { eventually } from '@relevo/testing';
import { type Scheduler, System } from './system.js';

/** As long as the lease is: whoever is kept from running for so long loses it. */
const intervalMs = 6_000;
const runs = 'relevo_automatic_close_runs_total';
const failures = 'relevo_automatic_close_failures_total';

let system: System;

beforeAll(async () => {
  system = await System.start({ close: intervalMs });
});

afterEach(() => system.reset());
afterAll(() => system?.stop());

/** The one that works, and the one that waits. */
async function byRole(a: Scheduler, b: Scheduler): Promise<[leader: Scheduler, other: Scheduler]> {
  return (await a.metric(runs)) > 0 ? [a, b] : [b, a];
}

/** Waits for what only asking tells. */
const told = (fact: () => Promise<void>): Promise<void> => eventually(fact);

it('runs on one of two replicas at each interval', async () => {
  const owner = await system.startOwner();
  const [leader, other] = await Promise.all([system.startScheduler(), system.startScheduler()]).then(async (both) => {
    await owner.hasBeenCalled(4);
    return byRole(...both);
  });
  expect(await other.metric(runs)).toBe(0);
  const [before, counted, after] = [owner.calls, await leader.metric(runs), owner.calls];
  expect(counted).toBeGreaterThanOrEqual(before);
  expect(counted).toBeLessThanOrEqual(after + 1);
});

it('goes on in bounded batches while there is more', async () => {
  const owner = await system.startOwner();
  owner.reports = [
    { closed: 100, more: true },
    { closed: 100, more: true },
    { closed: 7, more: false },
  ];
  const scheduler = await system.startScheduler();
  await owner.hasBeenCalled(3);
  await told(async () => expect(await scheduler.metric('relevo_automatic_close_closed_total')).toBe(207));
  await told(async () => expect(await scheduler.metric(runs)).toBe(1 + owner.calls - 3));
});

it('is taken over when its replica is killed', async () => {
  const owner = await system.startOwner();
  const both = await Promise.all([system.startScheduler(), system.startScheduler()]);
  await owner.hasBeenCalled(2);
  const [leader, other] = await byRole(...both);
  await leader.end('SIGKILL');
  // How soon is in leased-job.spec.
  await told(async () => expect(await other.metric(runs)).toBeGreaterThan(0));
});

it('is handed over at once when its replica is stopped', async () => {
  const owner = await system.startOwner();
  const both = await Promise.all([system.startScheduler(), system.startScheduler()]);
  await owner.hasBeenCalled(2);
  const [leader, other] = await byRole(...both);
  const leases = system.database.collection<{ holder: string }>('leases');
  const { holder } = (await leases.findOne())!;
  await leader.end('SIGTERM');
  // Gone, or already the other's: it did not have to end by itself.
  expect((await leases.findOne())?.holder).not.toBe(holder);
  await told(async () => expect(await other.metric(runs)).toBeGreaterThan(0));
});

it('says once that nobody answers, tries at every interval, and goes on when somebody does', async () => {
  const scheduler = await system.startScheduler();
  await told(async () => expect(await scheduler.metric(failures)).toBeGreaterThanOrEqual(3));
  const owner = await system.startOwner();
  await owner.hasBeenCalled(2);
  await eventually(() => expect(scheduler.log).toContainEqual(expect.stringContaining('works again')));
  expect(scheduler.log.filter((line) => line.includes('cannot work now'))).toHaveLength(1);
});

it('serves no subject without validation', async () => {
  expect(await unvalidatedSubjects(await system.startInProcess(), system.nats)).toEqual([]);
});
