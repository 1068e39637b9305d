import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Desk } from '../support/desk';

const quality = 82;

/** Nothing is a placeholder for what is still to come, and what waits in the trays was counted. */
export async function everythingCame(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
  const tray = page.locator('[data-tray="unassigned"]');
  if ((await tray.isVisible()) && !new URL(page.url()).searchParams.has('status')) await tray.locator('[class*="_count_"]').waitFor();
}

/** As small as a picture of letters can be: WebP, at the size of the screen. */
export async function takePicture(desk: Desk, folder: string, name: string): Promise<void> {
  const { page, context } = desk;
  // Letters are those that were meant.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (await page.evaluate(() => navigator.onLine)) await everythingCame(page);
  await desk.settled();
  const cdp = await context.newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality });
  await cdp.detach();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}
