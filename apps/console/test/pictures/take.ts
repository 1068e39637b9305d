import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Desk } from '../support/desk';

const quality = 82;

/** As small as a picture of letters can be: WebP, at the size of the screen. */
export async function takePicture(desk: Desk, folder: string, name: string): Promise<void> {
  const { page, context } = desk;
  // Letters are those that were meant.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await desk.settled();
  const cdp = await context.newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality });
  await cdp.detach();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}
