import { get } from 'node:http';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { FullOffice } from './furnish.js';
import { type Tasks, traced } from './tracing.js';

/** One thing that an agent does, measured once. */
export interface Measured {
  /** From the act to its end on the screen. */
  readonly ms: number;
  readonly tasks: Tasks;
}

/** With the pages of the program, before any part that is loaded when it is wanted. */
export interface FirstLoad extends Measured {
  /** Of the scripts, as they travel gzipped. */
  readonly scriptBytes: number;
}

/** As far as a wheel turns at once when somebody hurries. */
const turnPx = 1_200;
/** As far as a scrollbar takes the page from one frame to the next when it is flung: past everything that was drawn. */
const flungPx = 8_000;
/** Some 30 seconds. */
const patienceTurns = 1_000;
const rows = '[data-list] [data-index]';

/** A supervisor in a browser of their own before the console. */
export class Screen {
  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly url: string,
    private readonly office: FullOffice,
  ) {}

  static async open(browser: Browser, gatewayUrl: string, office: FullOffice): Promise<Screen> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'es-AR' });
    const page = await context.newPage();
    const url = `${gatewayUrl}/app/`;
    await page.goto(url);
    await page.getByLabel('Correo electrónico').fill(office.supervisor.email);
    await page.getByRole('textbox', { name: 'Contraseña' }).fill(office.supervisor.password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.locator('#list').waitFor();
    return new Screen(browser, context, page, url, office);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** From nothing in the browser's cache to rows on the screen, signed in. */
  async firstLoad(): Promise<FirstLoad> {
    const cdp = await this.context.newCDPSession(this.page);
    await cdp.send('Network.clearBrowserCache');
    await this.page.goto('about:blank');
    const measured = await this.timed(async () => {
      await this.page.goto(`${this.url}?tray=all`);
      await this.page.locator(rows).first().waitFor();
    });
    const scripts = await this.page.evaluate(() =>
      performance.getEntriesByType('resource').flatMap(({ name }) => (new URL(name).pathname.endsWith('.js') ? [name] : [])),
    );
    const sizes = await Promise.all(scripts.map(gzippedBytes));
    return { ...measured, scriptBytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  /** From the click to its last entries on the screen. */
  async openLong(): Promise<Measured> {
    await this.page.getByRole('searchbox').fill(this.office.long.customer);
    const row = this.page.locator('[data-conversation]').filter({ hasText: this.office.long.customer });
    await row.waitFor();
    const measured = await this.timed(async () => {
      await row.getByRole('link').click();
      await this.page.locator('[data-thread]').getByText(`${this.office.long.entries}. `).waitFor();
    });
    await this.page.getByRole('searchbox').fill('');
    return measured;
  }

  /** From the first row to the last, page after page. */
  async scrollList(): Promise<Measured> {
    const list = this.page.locator('[data-list]');
    await list.locator('[data-index="0"]').waitFor();
    const last = this.page.locator(`${rows}[data-index="${this.office.conversations - 1}"]`);
    return this.scrolled(list, turnPx, async () => (await last.count()) > 0);
  }

  /** Back to the first row, all of them being at hand. */
  async flingList(): Promise<Measured> {
    return this.flung(this.page.locator('[data-list]'), -flungPx);
  }

  /** From the last entry to the first, page after page. */
  async scrollThread(): Promise<Measured> {
    const thread = this.page.locator('[data-thread]');
    const first = thread.locator('[data-event="opened"]');
    return this.scrolled(thread, -turnPx, async () => (await first.count()) > 0);
  }

  /** Back to the last entry, all of them being at hand. */
  async flingThread(): Promise<Measured> {
    return this.flung(this.page.locator('[data-thread]'), flungPx);
  }

  private flung(place: Locator, deltaPx: number): Promise<Measured> {
    const isAtEnd = (element: Element, down: boolean): boolean => (down ? element.scrollHeight - element.clientHeight - element.scrollTop < 1 : element.scrollTop === 0);
    return this.scrolled(place, deltaPx, () => place.evaluate(isAtEnd, deltaPx > 0));
  }

  private scrolled(place: Locator, deltaPx: number, isThere: () => Promise<boolean>): Promise<Measured> {
    return this.timed(async () => {
      await place.hover();
      for (let still = 0, before = NaN; !(await isThere()); ) {
        await this.page.mouse.wheel(0, deltaPx);
        await this.painted();
        const now = await place.evaluate((element) => element.scrollTop);
        // At an end while the next page is on its way.
        still = now === before ? still + 1 : 0;
        before = now;
        if (still > patienceTurns) throw new Error(`Scrolled no further than to ${now} px`);
      }
    });
  }

  private async timed(act: () => Promise<void>): Promise<Measured> {
    const { result, tasks } = await traced(this.browser, this.page, async () => {
      const began = performance.now();
      await act();
      await this.painted();
      return performance.now() - began;
    });
    return { ms: result, tasks };
  }

  private painted(): Promise<void> {
    return this.page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
  }
}

/** As it comes to a browser that takes gzip; what is too small to be worth compressing comes as it is. */
function gzippedBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${url}: ${response.statusCode}`));
      let size = 0;
      response.on('data', (chunk: Buffer) => (size += chunk.length)).on('end', () => resolve(size)).on('error', reject);
    }).on('error', reject);
  });
}
