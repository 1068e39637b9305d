import { addNote, transferConversation, undoConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Page } from 'playwright-core';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';

const office = useOffice({ browser: { kind: 'whole' } });

interface Noticed {
  readonly notifications: Notification[];
  tones: number;
}

/** Looks on: the browser's own notifications and tones are made as ever, and remembered. */
function lookOn(): void {
  const noticed: Noticed = { notifications: [], tones: 0 };
  OscillatorNode.prototype.start = new Proxy(Reflect.get<OscillatorNode, 'start'>(OscillatorNode.prototype, 'start'), {
    apply(target, tone, given: [number?]) {
      noticed.tones += 1;
      return Reflect.apply(target, tone, given);
    },
  });
  globalThis.Notification = new Proxy(Notification, {
    construct(target, given: [string, NotificationOptions?]) {
      const notification = new target(...given);
      noticed.notifications.push(notification);
      return notification;
    },
  });
  Object.assign(globalThis, { noticed });
}

const noticedIn = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { noticed: Noticed }).noticed.notifications.map(({ title, body }) => `${title}: ${body}`));
const tonesIn = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as { noticed: Noticed }).noticed.tones);
const inAll = async (pages: readonly Page[]): Promise<string[]> => (await Promise.all(pages.map(noticedIn))).flat();

/** Ana, whose browser allows notifications, with nothing open. */
async function anaAtHome(isAllowed = true): Promise<Desk> {
  const desk = await office().desk();
  if (isAllowed) await desk.context.grantPermissions(['notifications'], { origin: office().system.gatewayUrl() });
  await desk.context.addInitScript(lookOn);
  await desk.signIn(office().agents.ana);
  return desk;
}

async function openMenu({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: /^Tu cuenta/ }).click();
  await page.getByRole('menuitem', { name: 'Avisos' }).click();
}

async function wantDesktop(desk: Desk): Promise<void> {
  await openMenu(desk);
  const choice = desk.page.getByRole('menuitemcheckbox', { name: 'Con avisos del navegador' });
  await choice.getByText('Permitidos en este navegador').waitFor();
  await choice.click();
  await eventually(async () => expect(await choice.getAttribute('aria-checked')).toBe('true'));
  await desk.shot('61-notifications-menu');
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('Escape');
}

it('a customer’s message, a mention and a transfer are noticed, each by its words, and nothing of a note is among them', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await anaAtHome();
  await wantDesktop(ana);
  await office().writes('Rosa', `¿Me   ayudan? ${'largo '.repeat(60)}`);
  await eventually(async () => expect(await noticedIn(ana.page)).toEqual([expect.stringMatching(/^Rosa: ¿Me ayudan\? largo .{80,110}…$/)]));
  await eventually(async () => expect(await tonesIn(ana.page)).toBe(2));
  const eva = await office().api('eva');
  await eva.call(addNote, { conversationId, text: '@ana es un secreto', mentions: [office().agents.ana.id] });
  await eventually(async () => expect((await noticedIn(ana.page)).at(-1)).toBe('eva te mencionó en una nota: Con Rosa'));
  const another = await office().writes('Juan', 'Buenas');
  await eventually(async () => expect((await noticedIn(ana.page)).at(-1)).toBe('Hay una conversación sin asignar: Con Juan'));
  await eva.call(transferConversation, { conversationId: another, agentId: office().agents.ana.id, force: true, note: 'otro secreto' });
  await eventually(async () => expect((await noticedIn(ana.page)).at(-1)).toBe('eva te derivó una conversación: Con Juan'));
  expect((await noticedIn(ana.page)).join()).not.toContain('secreto');
});

it('without the browser’s notifications the page says what no list shows: a mention, until it is opened, and a transfer, unless it is taken back', async () => {
  const conversationId = await office().writes('Rosa', '¿Me ayudan?');
  const ana = await anaAtHome(false);
  const eva = await office().api('eva');
  await eva.call(addNote, { conversationId, text: '@ana es un secreto', mentions: [office().agents.ana.id] });
  const mention = ana.page.getByRole('alert').filter({ hasText: 'eva te mencionó en una nota' });
  await mention.getByText('Con Rosa').waitFor();
  const another = await office().writes('Juan', 'Buenas');
  await eva.call(transferConversation, { conversationId: another, agentId: office().agents.ana.id, force: true, note: 'otro secreto' });
  const transfer = ana.page.getByRole('alert').filter({ hasText: 'eva te derivó una conversación' });
  await transfer.getByText('Con Juan').waitFor();
  await ana.shot('62-notices');
  expect(await ana.page.getByRole('alert').filter({ hasText: 'secreto' }).count()).toBe(0);
  await eva.call(undoConversation, { conversationId: another });
  await transfer.waitFor({ state: 'detached' });
  await mention.getByRole('button', { name: 'Abrir' }).click();
  await ana.page.getByRole('heading', { level: 1, name: 'Rosa' }).waitFor();
  await mention.waitFor({ state: 'detached' });
});

it('of several tabs one notifies and one sounds; when it is gone, another does', async () => {
  await office().taken('Rosa');
  const ana = await anaAtHome();
  await wantDesktop(ana);
  const pages = [ana.page, await ana.context.newPage(), await ana.context.newPage()];
  for (const page of pages.slice(1)) {
    await page.goto(`${ana.url}/app/`);
    await page.locator('[data-conversation]').waitFor();
    // Touched, as a tab must be to be heard.
    await page.locator('#list').click({ position: { x: 5, y: 5 } });
  }
  await office().writes('Rosa', 'uno');
  await Promise.all(pages.map((page) => page.locator('[data-conversation]').getByText('uno').waitFor()));
  await eventually(async () => expect(await inAll(pages)).toEqual(['Rosa: uno']));
  await eventually(async () => expect((await Promise.all(pages.map(tonesIn))).toSorted()).toEqual([0, 0, 2]));
  const [first, ...others] = pages;
  expect(await noticedIn(first!)).toHaveLength(1);
  await first!.close();
  await office().writes('Rosa', 'dos');
  await Promise.all(others.map((page) => page.locator('[data-conversation]').getByText('dos').waitFor()));
  await eventually(async () => expect(await inAll(others)).toEqual(['Rosa: dos']));
  await eventually(async () => expect((await Promise.all(others.map(tonesIn))).toSorted()).toEqual([0, 2]));
});

it('what is in front of one in any tab is not told; a click opens the conversation in its tab, whose title counts', async () => {
  await office().taken('Rosa');
  const conversationId = await office().taken('Juan');
  const ana = await anaAtHome();
  await wantDesktop(ana);
  await eventually(async () => expect(await ana.page.title()).toBe('(2) Relevo'));
  const other = await ana.context.newPage();
  await other.goto(`${ana.url}/app/c/${conversationId}`);
  await other.getByRole('heading', { level: 1, name: 'Juan' }).waitFor();
  await eventually(async () => expect(await ana.page.title()).toBe('(1) Relevo'));
  await office().writes('Juan', 'ya lo ves');
  await other.locator('[data-thread]').getByText('ya lo ves').waitFor();
  await office().writes('Rosa', 'y esto no');
  await eventually(async () => expect(await inAll([ana.page, other])).toEqual(['Rosa: y esto no']));
  await ana.page.evaluate(() => (globalThis as unknown as { noticed: Noticed }).noticed.notifications[0]!.dispatchEvent(new Event('click')));
  await ana.page.getByRole('heading', { level: 1, name: 'Rosa' }).waitFor();
  await eventually(async () => expect(await ana.page.title()).toBe('Relevo'));
  expect(await other.getByRole('heading', { level: 1, name: 'Juan' }).isVisible()).toBe(true);
});

it('what the agent chose not to hear of is not told', async () => {
  await office().taken('Rosa');
  const ana = await anaAtHome();
  await wantDesktop(ana);
  await openMenu(ana);
  for (const name of ['Mensajes y conversaciones para mí', 'Con un sonido']) {
    const choice = ana.page.getByRole('menuitemcheckbox', { name });
    await choice.click();
    await eventually(async () => expect(await choice.getAttribute('aria-checked')).toBe('false'));
  }
  await office().writes('Rosa', 'nadie me oye');
  await ana.row('Rosa').getByText('nadie me oye').waitFor();
  await office().writes('Juan', 'Buenas');
  await eventually(async () => expect(await noticedIn(ana.page)).toEqual(['Hay una conversación sin asignar: Con Juan']));
  expect(await tonesIn(ana.page)).toBe(0);
});

it('where the browser does not allow it, that is said, and asked for by nothing but a click', async () => {
  const ana = await anaAtHome(false);
  expect(await ana.page.evaluate(() => Notification.permission)).toBe('default');
  await openMenu(ana);
  const choice = ana.page.getByRole('menuitemcheckbox', { name: 'Con avisos del navegador' });
  await choice.getByText('El navegador pedirá permiso al activarlos').waitFor();
  // Nobody is there to allow it.
  await choice.click();
  await choice.getByText('Bloqueados: cámbialo en los permisos de este sitio').waitFor();
  expect(await choice.getAttribute('aria-checked')).toBe('false');
  await ana.shot('62-notifications-blocked');
});
