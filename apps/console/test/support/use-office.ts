import type { ReachedSystem } from '@relevo/testing';
import { type BrowserWish, launchChromium } from '@relevo/testing/browser';
import type { Browser } from 'playwright-core';
import { Office } from './office';
import { reachSystemOfTheRun } from './system';

export interface OfficeWish {
  /** Where it stands; the run's own system when absent. Stopped at the end. */
  readonly system?: () => Promise<ReachedSystem>;
  /** Founded once for the tests of a file, with what this puts into it, rather than anew for each test. */
  readonly furnish?: (office: Office) => Promise<void>;
  /** `whole` where the light one lacks something: notifications. */
  readonly browser?: BrowserWish;
}

/**
 * An office for the tests of a file: `const office = useOffice()`, then `office().signedIn('ana')` in a test. After each
 * test, no browser may have complained of anything: an exception, an error in its console, what the security policy keeps out.
 */
export function useOffice({ system: start = reachSystemOfTheRun, furnish, browser: wanted }: OfficeWish = {}): () => Office {
  let system: ReachedSystem | undefined;
  let browser: Browser | undefined;
  let current: Office | undefined;
  const office = (): Office => {
    if (!current) throw new Error('There is an office only while tests run');
    return current;
  };
  const found = async (): Promise<void> => {
    if (!system || !browser) throw new Error('No office without a system and a browser');
    current = await Office.found(system, browser);
  };

  beforeAll(async () => {
    system = await start();
    browser = await launchChromium(wanted);
    if (furnish) {
      await found();
      await furnish(office());
    }
  });
  if (!furnish) beforeEach(found);
  afterEach(async () => expect((await current?.leave()) ?? []).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });
  return office;
}
