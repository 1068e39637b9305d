import type { Locator } from 'playwright-core';
import type { Desk } from './desk';

/** Somebody who plays customers at the page for that. */
export class Shopper {
  constructor(readonly desk: Desk) {}

  async goto(channelId?: string): Promise<void> {
    await this.desk.page.goto(`${this.desk.url}/demo/${channelId === undefined ? '' : `?channel=${channelId}`}`);
  }

  /** What was said and what happened, from above; not the page around it. */
  get chat(): Locator {
    return this.desk.page.locator('[data-chat]');
  }

  get composer(): Locator {
    return this.desk.page.locator('textarea');
  }

  async writes(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Texts of all bubbles, from above. */
  async texts(): Promise<string[]> {
    return this.chat.locator('[data-side] [class*="_text_"]').allInnerTexts();
  }

  customer(name: string): Locator {
    return this.desk.page.locator(`[data-customer="${name}"]`);
  }
}
