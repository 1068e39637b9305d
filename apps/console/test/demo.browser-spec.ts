import { claimConversation, closeConversation, listConversations, sendMessage } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { DeskOptions } from './support/desk';
import { Shopper } from './support/shopper';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice();

/** Somebody at the page, before the office's web chat. */
async function shopping(options: DeskOptions = {}): Promise<Shopper> {
  const shopper = new Shopper(await office().desk(options));
  await shopper.goto(office().channels.web.id);
  await shopper.desk.page.getByText('En línea').waitFor();
  return shopper;
}

it('what the customer and the agent do, the other sees at once: messages both ways, who writes, the close, and a new conversation after it; a note never', async () => {
  const [shopper, ana] = await Promise.all([shopping({ width: 640 }), office().signedIn('ana')]);
  await shopper.desk.shot('71-demo-empty');
  await shopper.writes('Hola, ¿tienen la mesa de roble?');
  await shopper.chat.locator('[data-received]').waitFor();

  await ana.tray('Sin asignar');
  await ana.openRow('Lucía');
  await ana.page.getByRole('button', { name: 'Tomar conversación' }).click();
  await ana.composer.pressSequentially('Sí, en dos');
  await shopper.desk.page.getByText('ana está escribiendo…').waitFor();
  await shopper.desk.shot('72-demo-typing');
  await ana.composer.fill('Sí, en dos medidas 🪑');
  await ana.composer.press('Enter');
  await shopper.chat.getByText('Sí, en dos medidas 🪑').waitFor();
  await eventually(async () => expect(await shopper.desk.page.getByText('está escribiendo').count()).toBe(0));

  await ana.page.getByRole('tab', { name: 'Nota' }).click();
  await ana.composer.fill('Pidió factura A');
  await ana.composer.press('Enter');
  await ana.thread.getByText('Pidió factura A').waitFor();

  // Told once in a while only, so whoever goes on writing is seen to.
  await eventually(async () => {
    await shopper.composer.pressSequentially('La ');
    expect(await ana.page.getByText('El cliente está escribiendo…').count()).toBe(1);
  });
  await shopper.writes('La más grande');
  await ana.thread.getByText('La más grande').waitFor();
  await shopper.desk.shot('73-demo-conversation');
  await ana.shot('74-demo-agent');

  await ana.page.locator('header').getByRole('button', { name: 'Cerrar', exact: true }).click();
  await shopper.desk.page.getByText('Si escribe otra vez, empieza una nueva.').waitFor();
  await shopper.desk.shot('75-demo-closed');
  await shopper.writes('Otra pregunta');
  await shopper.chat.getByText('Conversación nueva').waitFor();
  await eventually(async () => expect(await shopper.desk.page.locator('[data-closed]').count()).toBe(0));
  await ana.tray('Sin asignar');
  await ana.rows.filter({ hasText: 'Otra pregunta' }).waitFor();

  // As it is told again to whoever comes back: the same, and no note.
  const said = ['Hola, ¿tienen la mesa de roble?', 'Sí, en dos medidas 🪑', 'La más grande', 'Otra pregunta'];
  await eventually(async () => expect(await shopper.texts()).toEqual(said));
  await shopper.desk.page.reload();
  await eventually(async () => expect(await shopper.texts()).toEqual(said));
  expect(await shopper.desk.page.content()).not.toContain('factura');
});

it('several customers at once are several conversations, each known again after a reload, and an answer to another is counted', async () => {
  const shopper = await shopping();
  await shopper.writes('Soy Lucía');
  await shopper.chat.locator('[data-received]').waitFor();
  await shopper.desk.page.getByRole('button', { name: 'Otro cliente' }).click();
  await shopper.customer('Mateo').and(shopper.desk.page.locator('[aria-current]')).waitFor();
  await shopper.desk.page.getByText('En línea').waitFor();
  await shopper.writes('Soy Mateo');
  await shopper.chat.locator('[data-received]').waitFor();
  await eventually(async () => expect(await shopper.texts()).toEqual(['Soy Mateo']));

  const ana = await office().api('ana');
  const { items } = await ana.call(listConversations, { tray: 'unassigned' });
  expect(items.map(({ lastMessage }) => lastMessage?.text).sort()).toEqual(['Soy Lucía', 'Soy Mateo']);
  const conversationId = items.find(({ lastMessage }) => lastMessage?.text === 'Soy Lucía')!.id;
  await ana.call(claimConversation, { conversationId });
  await ana.call(sendMessage, { conversationId, text: 'Diga, Lucía' });
  await shopper.customer('Lucía').locator('[data-news="1"]').waitFor();
  await shopper.desk.shot('77-demo-customers');

  await shopper.desk.page.reload();
  await shopper.customer('Lucía').click();
  await shopper.chat.getByText('Diga, Lucía').waitFor();
  await eventually(async () => expect(await shopper.texts()).toEqual(['Soy Lucía', 'Diga, Lucía']));
  await shopper.desk.page.getByRole('button', { name: 'Cambiar el nombre de Lucía' }).click();
  await shopper.desk.page.getByLabel('Nombre', { exact: true }).fill('Señora del roble');
  await shopper.desk.page.keyboard.press('Enter');
  await shopper.customer('Señora del roble').waitFor();
  await shopper.desk.page.getByRole('button', { name: 'Quitar a Señora del roble de esta página' }).click();
  await eventually(async () => expect(await shopper.desk.page.locator('[data-customer]').allInnerTexts()).toEqual([expect.stringContaining('Mateo')]));
});

it('a long history is read back page by page, in order', async () => {
  const shopper = await shopping();
  await shopper.writes('0');
  await shopper.chat.locator('[data-received]').waitFor();
  const ana = await office().api('ana');
  const { items } = await ana.call(listConversations, { tray: 'unassigned' });
  const conversationId = items[0]!.id;
  await ana.call(claimConversation, { conversationId });
  const said = ['0'];
  for (let count = 1; count <= 60; count++) {
    await ana.call(sendMessage, { conversationId, text: String(count) });
    said.push(String(count));
  }
  await ana.call(closeConversation, { conversationId });
  await shopper.desk.page.reload();
  await shopper.chat.getByText('60', { exact: true }).waitFor();
  await eventually(async () => {
    await shopper.chat.evaluate((chat) => chat.scrollTo(0, -chat.scrollHeight));
    expect(await shopper.texts()).toEqual(said);
  });
});

it('texts are only texts: markup, controls, one long word and letters that run the other way change nothing else', async () => {
  const shopper = await shopping({ width: 390, height: 844, theme: 'dark' });
  const hostile = ['<img src=x onerror="document.title=1"><script>document.title=2</script>', 'a'.repeat(3_000), '\u202Eabc\u202C שלום', 'javascript:alert(1)'];
  for (const text of hostile) await shopper.writes(text);
  await eventually(async () => expect(await shopper.chat.locator('[data-received]').count()).toBe(hostile.length));
  expect(await shopper.texts()).toEqual(hostile);
  expect(await shopper.desk.page.title()).toBe('Relevo · Usted es el cliente');
  expect(await shopper.chat.locator('img, script, a').count()).toBe(0);
  expect(await shopper.desk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await shopper.desk.shot('78-demo-phone-dark');
});

it('an address without a channel asks for one, and one that is not known says so; nothing but files of ours runs', async () => {
  const shopper = new Shopper(await office().desk());
  await shopper.goto();
  await shopper.desk.page.getByText('¿A qué chat quiere escribir?').waitFor();
  await shopper.desk.shot('79-demo-no-channel');
  await shopper.desk.page.getByLabel('Identificador del canal').fill('nosuchchannel');
  await shopper.desk.page.getByRole('button', { name: 'Entrar' }).click();
  await shopper.desk.page.getByText('Ese canal no existe, o no es un chat web').waitFor();
  await shopper.desk.page.getByLabel('Identificador del canal').fill(office().channels.web.id);
  await shopper.desk.page.getByRole('button', { name: 'Entrar' }).click();
  await shopper.desk.page.getByText('En línea').waitFor();
  const { headers } = await fetch(`${office().system.gatewayUrl()}/demo/`);
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/);
  expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
});

it.each([
  ['en-GB', 'You are the customer', 'Write a message'],
  ['pt-BR', 'Você é o cliente', 'Escreva uma mensagem'],
])('speaks as the browser does (%s), and as one chooses', async (locale, title, write) => {
  const shopper = new Shopper(await office().desk({ locale }));
  await shopper.goto(office().channels.web.id);
  await shopper.desk.page.getByRole('heading', { name: title }).waitFor();
  await shopper.desk.page.getByLabel(write).waitFor();
  await shopper.desk.page.locator('select').selectOption('es');
  await shopper.desk.page.getByRole('heading', { name: 'Usted es el cliente' }).waitFor();
  expect(await shopper.desk.page.locator('html').getAttribute('lang')).toBe('es');
});

it.each(['light', 'dark'] as const)('has no violation of WCAG 2.2 AA that a program can tell, in %s', async (theme) => {
  const shopper = await shopping({ theme });
  await shopper.writes('Hola');
  await shopper.chat.locator('[data-received]').waitFor();
  expect(await violations(shopper.desk)).toEqual([]);
});
