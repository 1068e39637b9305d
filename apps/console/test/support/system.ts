import { ReachedSystem, type SystemAddress } from '@relevo/testing';

/** The one that `start-system.mjs` started for all specs of the run; to be left, not stopped. */
export function reachSystemOfTheRun(): Promise<ReachedSystem> {
  const address = process.env.RELEVO_TEST_SYSTEM;
  if (address === undefined) throw new Error('No system runs: these specs want `-c jest.browser.config.mjs`');
  return ReachedSystem.reach(JSON.parse(address) as SystemAddress);
}
