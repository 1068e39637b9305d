import { sendMessage } from '@relevo/contracts';
import type { Locator } from 'playwright-core';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';

const office = useOffice();

/** A few screens full. */
const many = 400;
/** What fits on the screen, and a few above and below it. */
const fewRows = 40;
/** What comes up beside them meanwhile, the customer's panel for one, may make its own. */
const fewFormats = 5;

/** Turns the wheel until it is there, page after page; how many rows were in the page at most meanwhile. */
async function scrollTo(desk: Desk, place: Locator, deltaY: number, there: Locator): Promise<number> {
  let most = 0;
  await place.hover();
  for (let turns = 0; (await there.count()) === 0; turns++) {
    if (turns > 2_000) throw new Error('It is nowhere');
    await desk.page.mouse.wheel(0, deltaY);
    most = Math.max(most, await desk.page.evaluate(() => new Promise<number>((resolve) => requestAnimationFrame(() => resolve(document.querySelectorAll('[data-index]').length)))));
  }
  return most;
}

/** Counts from now on; answers how many were made. What each row makes for itself V8 lets go of in one task: the further one scrolled, the longer it takes. */
async function countTimeFormats({ page }: Desk): Promise<() => Promise<number>> {
  const count = await page.evaluateHandle(() => {
    const counted = { made: 0 };
    Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
      construct(target, given) {
        counted.made += 1;
        return Reflect.construct(target, given) as object;
      },
    });
    return counted;
  });
  return () => count.evaluate(({ made }) => made);
}

it('a list of hundreds is loaded page by page as one goes down it, and holds in the page what is near the screen', async () => {
  for (const name of ['Rosa', 'Juan', 'Marta']) await office().writes(name);
  const stored = await office().system.storedConversations();
  await stored.fillUp(office().workspace.id, many);
  await stored.close();
  const desk = await office().signedIn('eva', {}, '?tray=unassigned');
  await desk.rows.first().waitFor();
  const list = desk.page.locator('[data-list]');
  const timeFormats = await countTimeFormats(desk);
  expect(await scrollTo(desk, list, 900, list.locator(`[data-index="${many - 1}"]`))).toBeLessThan(fewRows);
  await scrollTo(desk, list, -5_000, list.locator('[data-index="0"]'));
  expect(await timeFormats()).toBeLessThan(fewFormats);
});

it('a conversation of hundreds of entries is read up to its first, and holds in the page what is near the screen', async () => {
  const conversationId = await office().taken('Rosa');
  await (await office().api('ana')).call(sendMessage, { conversationId, text: 'Ya miro' });
  const stored = await office().system.storedConversations();
  await stored.lengthen(conversationId, many, 60_000);
  await stored.close();
  const desk = await office().signedIn('ana', {}, `c/${conversationId}`);
  await desk.thread.getByText(`mensaje ${many}`, { exact: true }).waitFor();
  const timeFormats = await countTimeFormats(desk);
  // As far as it goes each time: what is above comes while one waits at the top.
  expect(await scrollTo(desk, desk.thread, -20_000, desk.thread.locator('[data-event="opened"]'))).toBeLessThan(fewRows * 2);
  await desk.thread.getByText('Se abrió la conversación').waitFor();
  expect(await timeFormats()).toBeLessThan(fewFormats);
});
