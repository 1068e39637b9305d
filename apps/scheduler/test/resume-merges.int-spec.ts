import { eventually } from '@relevo/testing';
import { System } from './system.js';

/** As long as the lease is: whoever is kept from running for so long loses it. */
const intervalMs = 6_000;
const runs = 'relevo_resume_merges_runs_total';

let system: System;

beforeAll(async () => {
  system = await System.start({ merges: intervalMs });
});

afterEach(() => system.reset());
afterAll(() => system?.stop());

it('merges left half done are asked for at each interval by one of two replicas, and at once while a whole batch was found', async () => {
  const owner = await system.startOwner();
  owner.reports = [
    { closed: 100, more: true },
    { closed: 3, more: false },
  ];
  const [a, b] = await Promise.all([system.startScheduler(), system.startScheduler()]);
  await owner.hasBeenCalled(4);
  await eventually(async () => {
    const counted = await Promise.all([a, b].map((one) => one.metric(runs)));
    expect(Math.min(...counted)).toBe(0);
    expect(Math.max(...counted)).toBeGreaterThanOrEqual(3);
  });
  const resumed = await Promise.all([a, b].map((one) => one.metric('relevo_resume_merges_resumed_total')));
  expect(Math.max(...resumed)).toBe(103);
});
