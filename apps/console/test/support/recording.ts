import { eventually } from '@relevo/testing';
import type { Locator } from 'playwright-core';
import type { Desk } from './desk';

/** Of agents at the console and customers at the demo: both record and play alike. */
export const recordButton = ({ page }: Desk): Locator => page.getByRole('button', { name: 'Grabar mensaje de voz' });
export const panel = ({ page }: Desk): Locator => page.getByRole('group', { name: 'Mensaje de voz' });

/** `0:07` in seconds. */
export const time = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

/** Until so many seconds have been recorded. */
export const recorded = async (desk: Desk, seconds: number): Promise<void> =>
  eventually(async () => expect(time(await panel(desk).locator('[data-time]').innerText())).toBeGreaterThanOrEqual(seconds));

/** In seconds. */
export const currentTime = (audio: Locator): Promise<number> => audio.evaluate((element: HTMLAudioElement) => element.currentTime);
