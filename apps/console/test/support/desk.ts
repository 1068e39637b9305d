import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@relevo/testing';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

export interface DeskOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly locale?: string;
}

interface Person {
  readonly email: string;
  readonly password: string;
}

/** Where screenshots go; none are made without it. */
const shots = process.env.RELEVO_SCREENSHOTS;

/** Only keeps a broken run from hanging. */
const patienceMs = 60_000;

/** More than any transition of the console takes. */
const longestTransitionMs = 1_000;

/**
 * What is shown for some seconds only (4 s of a hint, 5 s of typing, 6 s of a reason) is shown four times as long: a machine
 * that does other things too may not look before. Runs in the page.
 */
function stretchMoments(): void {
  const later = window.setTimeout.bind(window);
  const stretched = (run: TimerHandler, ms = 0, ...given: unknown[]): number => later(run, ms >= 4_000 && ms <= 6_500 ? 4 * ms : ms, ...given);
  window.setTimeout = stretched as typeof window.setTimeout;
}

/** One agent in a browser of their own before the console, in Spanish, and what went wrong in it. */
export class Desk {
  /** Exceptions, errors in the browser's console, what its security policy kept from loading. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly url: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
    page.on('console', (message) => {
      // That a request was refused or a network gone is what many tests are about; the screen says it.
      if (message.type() === 'error' && !/Failed to load resource|WebSocket connection to/.test(message.text())) this.complaints.push(message.text());
    });
  }

  static async open(browser: Browser, url: string, { width = 1440, height = 900, theme = 'light', locale = 'es-AR' }: DeskOptions = {}): Promise<Desk> {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale, timezoneId: 'America/Argentina/Buenos_Aires' });
    context.setDefaultTimeout(patienceMs);
    await context.addInitScript(stretchMoments);
    return new Desk(await context.newPage(), context, url);
  }

  async goto(path = ''): Promise<void> {
    await this.page.goto(`${this.url}/app/${path}`);
  }

  async signIn(person: Person, path = ''): Promise<void> {
    await this.goto(path);
    await this.enter(person);
    await this.live();
  }

  /** At the sign-in page; the screen that follows may know nothing yet. */
  async enter({ email, password }: Person): Promise<void> {
    await this.page.getByLabel('Correo electrónico').fill(email);
    await this.page.getByRole('textbox', { name: 'Contraseña' }).fill(password);
    await this.page.getByRole('button', { name: 'Entrar' }).click();
    await this.page.locator('#list').waitFor();
  }

  /** News come from now on, and what was there before them is loaded: a screen is drawn before that. */
  async live(): Promise<void> {
    await this.page.locator('[data-stale="false"]').waitFor();
  }

  /** What opened above the page takes the focus a moment after it is there; keys before that are not its own. */
  async focusIn(role: 'dialog' | 'menu'): Promise<void> {
    await this.page.locator(`[role="${role}"]:focus-within`).waitFor();
  }

  /** No menu is open, and none of those within others is still on its way out. */
  async noMenu(): Promise<void> {
    await eventually(async () => expect(await this.page.getByRole('menu').count()).toBe(0));
  }

  /** The list's rows, from the top. */
  get rows(): Locator {
    return this.page.locator('[data-conversation]');
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  /** From the top, by the customers' names. */
  async names(): Promise<string[]> {
    return this.rows.locator('[data-customer]').allInnerTexts();
  }

  async tray(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Bandejas' }).getByRole('button', { name }).click();
  }

  async openRow(name: string): Promise<void> {
    await this.row(name).getByRole('link').click();
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** The thread that is open. */
  get thread(): Locator {
    return this.page.locator('[data-thread]');
  }

  /** What agents wrote to the customer in it, from the top. */
  async answers(): Promise<string[]> {
    return this.thread.locator('[data-kind="message"][data-side="ours"] [class*="_text_"]').allInnerTexts();
  }

  get composer(): Locator {
    return this.page.locator('textarea:not([aria-hidden])');
  }

  async menu(name: string, item: string): Promise<void> {
    await this.row(name).locator('[data-actions]').click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The pointer where it holds up nothing: no row of the list moves under it. */
  async pointAway(): Promise<void> {
    await this.page.mouse.move(900, 400);
  }

  /** What moves or fades in has come to rest; what shows a time, or a row that is still awaited, goes on. */
  async settled(): Promise<void> {
    await this.page.evaluate((longestMs) => {
      const moving = document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().endTime ?? 0) <= longestMs);
      return Promise.allSettled(moving.map(({ finished }) => finished));
    }, longestTransitionMs);
  }

  /** What the page had to draw, and what came of drawing it, is drawn. */
  async frames(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let count = 0; count < 3; count++) await new Promise(requestAnimationFrame);
    });
  }

  async shot(name: string): Promise<void> {
    if (shots === undefined) return;
    mkdirSync(shots, { recursive: true });
    await this.page.screenshot({ path: join(shots, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
