import { blockCustomer, claimConversation, closeConversation, getConversation, listConversations, mergeCustomer } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk, DeskOptions } from './support/desk';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';
import { Visitor } from './support/visitor';

const office = useOffice();
const visitors: Visitor[] = [];
afterEach(() => visitors.splice(0).forEach((visitor) => visitor.leave()));

const closed = '?tray=all&status=closed';
const writeTo = ({ page }: Desk) => page.locator('#thread').getByRole('button', { name: 'Escribirle', exact: true });
const send = ({ page }: Desk) => page.getByRole('button', { name: 'Enviar', exact: true });
const openId = ({ page }: Desk): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** A customer wrote, and Ana closed it; she, or whoever, reads it. */
async function history(name: string, options: DeskOptions = {}): Promise<{ ana: Desk; conversationId: string }> {
  const conversationId = await office().taken(name, '¿Tienen yerba de 1 kg?');
  await (await office().api('ana')).call(closeConversation, { conversationId });
  const ana = await office().signedIn('ana', options, closed);
  await ana.openRow(name);
  await writeTo(ana).waitFor();
  return { ana, conversationId };
}

/** `keys`: the commandIds of what is sent to begin conversations; answers are lost on their way until they are no more. */
async function loseAnswers({ page }: Desk): Promise<{ readonly keys: string[]; isOver: boolean }> {
  const losing = { keys: [] as string[], isOver: false };
  await page.route('**/v1/conversations', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    losing.keys.push(route.request().headers()['idempotency-key'] ?? '');
    if (losing.isOver) return route.continue();
    await route.fetch();
    return route.abort();
  });
  return losing;
}

it('an agent begins a new conversation from a closed one: the customer gets it, and it is among what is outbound', async () => {
  const visitor = await Visitor.at(office());
  visitors.push(visitor);
  await visitor.client.send('¿Tienen yerba de 1 kg?');
  await eventually(() => expect(visitor.said).toHaveLength(1));
  const { conversationId } = visitor.said[0]!;
  const api = await office().api('ana');
  await api.call(claimConversation, { conversationId });
  await api.call(closeConversation, { conversationId });

  const ana = await office().signedIn('ana', {}, closed);
  await ana.rows.getByRole('link').click();
  await ana.page.getByText('Conversación cerrada').waitFor();
  await ana.shot('91-closed');
  await writeTo(ana).click();
  await ana.page.getByText('Con tu mensaje empieza una conversación nueva por el mismo canal, y queda a tu cargo.').waitFor();
  await ana.composer.fill('Entró la yerba de 1 kg.');
  await ana.shot('92-first-message');
  await send(ana).click();

  await ana.thread.getByText('Entró la yerba de 1 kg.').waitFor();
  await eventually(() => expect(visitor.said.map(({ data }) => data.text)).toEqual(['¿Tienen yerba de 1 kg?', 'Entró la yerba de 1 kg.']));
  const begun = openId(ana);
  expect(begun).not.toBe(conversationId);
  expect(new URL(ana.page.url()).search).toBe(closed);
  expect(await api.call(getConversation, { conversationId: begun })).toMatchObject({ direction: 'outbound', status: 'active', assigneeId: office().agents.ana.id });
  await ana.shot('93-begun');
  await ana.page.getByText('Salientes', { exact: true }).click();
  await ana.rows.filter({ hasText: 'Entró la yerba de 1 kg.' }).getByText('Saliente').waitFor();
  // Sent, it is no draft any more.
  await ana.goto(`c/${conversationId}${closed}`);
  await ana.thread.getByText('Sigue en una conversación nueva').waitFor();
  await writeTo(ana).click();
  expect(await ana.composer.inputValue()).toBe('');
});

describe('from the customer’s panel', () => {
  const panel = ({ page }: Desk) => page.locator('#customer');
  const write = (desk: Desk) => panel(desk).getByRole('button', { name: 'Escribirle', exact: true });

  it('by the channel that one chooses of several, with the keyboard alone, while another is active', async () => {
    const visitor = await Visitor.at(office());
    visitors.push(visitor);
    await visitor.client.send('Hola desde la web');
    await eventually(() => expect(visitor.said).toHaveLength(1));
    const api = await office().api('ana');
    const active = await office().taken('Rosa', '¿Tienen yerba?', { from: 'rosa-7' });
    const [web, shop] = await Promise.all([visitor.said[0]!.conversationId, active].map((conversationId) => api.call(getConversation, { conversationId })));
    await api.call(claimConversation, { conversationId: web!.id });
    await api.call(closeConversation, { conversationId: web!.id });
    await api.call(mergeCustomer, { customerId: web!.customer.id, intoId: shop!.customer.id });

    const ana = await office().signedIn('ana', {}, '?tray=all');
    await ana.openRow('Rosa');
    // In the one that is active one writes in it.
    await write(ana).focus();
    const { keyboard } = ana.page;
    await keyboard.press('Enter');
    await panel(ana).getByText(/^Con tu mensaje empieza una conversación nueva por web/).waitFor();
    await keyboard.type('Entró la yerba');
    await ana.shot('98-panel');
    await keyboard.press('Escape');
    await eventually(async () => expect(await write(ana).evaluate((button) => button === document.activeElement)).toBe(true));
    await api.call(closeConversation, { conversationId: active });
    await keyboard.press('Enter');
    const choice = panel(ana).getByRole('radiogroup', { name: 'Por qué canal' });
    await choice.getByRole('radio', { name: /^tienda/ }).waitFor();
    await choice.getByRole('radio', { name: /^web/ }).check();
    await ana.shot('99-panel-choice');
    expect(await violations(ana, { within: '#customer' })).toEqual([]);
    const field = panel(ana).getByRole('textbox', { name: /Rosa/ });
    expect(await field.inputValue()).toBe('Entró la yerba');
    await field.press('Enter');
    await ana.thread.getByText('Entró la yerba').waitFor();
    await eventually(() => expect(visitor.said.at(-1)?.data.text).toBe('Entró la yerba'));
    expect(await api.call(getConversation, { conversationId: openId(ana) })).toMatchObject({ direction: 'outbound', channelId: web!.channelId });
  });

  it('on a phone, where Escape leaves the message and not the panel; where one is active it is said; not to whoever is blocked', async () => {
    const { ana, conversationId } = await history('Rosa', { width: 390, height: 844, theme: 'dark' });
    await office().writes('Rosa', 'Hola de nuevo');
    await ana.page.getByRole('button', { name: 'Mostrar información del cliente' }).click();
    await write(ana).click();
    const field = panel(ana).getByRole('textbox', { name: /Rosa/ });
    await field.fill('Entró la yerba');
    await field.press('Escape');
    await write(ana).click();
    await field.press('Enter');
    await panel(ana).getByRole('alert').getByText('Ya tiene una conversación activa por este canal.').waitFor();
    await ana.shot('99-panel-phone');
    expect(await violations(ana, { within: '#customer' })).toEqual([]);
    const eva = await office().api('eva');
    const { customer } = await eva.call(getConversation, { conversationId });
    await eva.call(blockCustomer, { customerId: customer.id });
    await field.waitFor({ state: 'detached' });
    expect(await write(ana).count()).toBe(0);
  });
});

it('by the keyboard alone, with the cursor where one writes on', async () => {
  const { ana } = await history('Rosa');
  const { keyboard } = ana.page;
  await writeTo(ana).focus();
  await keyboard.press('Enter');
  await ana.composer.waitFor();
  await keyboard.type('Entró la');
  await keyboard.press('Escape');
  await eventually(async () => expect(await writeTo(ana).evaluate((button) => button === document.activeElement)).toBe(true));
  // The key that answers, and what was left is there still.
  await keyboard.press('r');
  await ana.composer.waitFor();
  await keyboard.type(' yerba');
  await keyboard.press('Control+Enter');
  await keyboard.type('de 1 kg.');
  await keyboard.press('Enter');
  await ana.thread.getByText('Entró la yerba').waitFor();
  await ana.page.getByRole('tab', { name: 'Responder' }).waitFor();
  await keyboard.type('¿Le reservo uno?');
  await keyboard.press('Enter');
  await eventually(async () => expect(await ana.answers()).toEqual(['Entró la yerba\nde 1 kg.', '¿Le reservo uno?']));
});

it('where one is active, whoever may see it is led to it, and what they wrote is kept', async () => {
  const { ana, conversationId } = await history('Rosa');
  const active = await office().writes('Rosa', 'Hola de nuevo');
  expect(active).not.toBe(conversationId);
  await writeTo(ana).click();
  await ana.composer.fill('Entró la yerba.');
  await send(ana).click();
  const alert = ana.page.getByRole('alert').filter({ hasText: 'Ya tiene una conversación activa por este canal.' });
  await alert.waitFor();
  await ana.shot('94-active');
  expect(await violations(ana)).toEqual([]);
  expect(await ana.composer.inputValue()).toBe('Entró la yerba.');
  await alert.getByRole('link', { name: 'Abrirla' }).click();
  await ana.thread.getByText('Hola de nuevo').waitFor();
  expect([openId(ana), new URL(ana.page.url()).search]).toEqual([active, closed]);
});

it('a customer who is blocked is not written to, and it is said', async () => {
  const { ana, conversationId } = await history('Rosa');
  const eva = await office().api('eva');
  const { customer } = await eva.call(getConversation, { conversationId });
  await eva.call(blockCustomer, { customerId: customer.id });
  await writeTo(ana).click();
  await ana.composer.fill('Entró la yerba.');
  await send(ana).click();
  await ana.page.getByRole('alert').getByText('Está bloqueado: no se le puede escribir.').waitFor();
  expect(await ana.composer.inputValue()).toBe('Entró la yerba.');
});

it('without a connection it is said, what was written is kept, and it begins once however often it is asked', async () => {
  const { ana } = await history('Rosa');
  const losing = await loseAnswers(ana);
  await writeTo(ana).click();
  await ana.composer.fill('Entró la yerba.');
  await ana.composer.press('Enter');
  await ana.page.getByRole('status').getByText('Sin conexión: tu mensaje se enviará al volver.').waitFor();
  expect(await ana.composer.inputValue()).toBe('Entró la yerba.');
  await ana.shot('95-offline');
  await eventually(() => expect(losing.keys.length).toBeGreaterThan(1));
  losing.isOver = true;
  await ana.page.getByRole('tab', { name: 'Responder' }).waitFor();
  await eventually(async () => expect(await ana.answers()).toEqual(['Entró la yerba.']));
  expect(new Set(losing.keys).size).toBe(1);
  const { items } = await (await office().api('ana')).call(listConversations, { tray: 'all', direction: 'outbound' });
  expect(items.map(({ id }) => id)).toEqual([openId(ana)]);
});

it.each(['light', 'dark'] as const)('has no violation of accessibility, in %s and on a phone', async (theme) => {
  const { ana } = await history('Rosa', { theme });
  expect(await violations(ana)).toEqual([]);
  await writeTo(ana).click();
  await ana.composer.fill('Entró la yerba.');
  await ana.shot(`96-first-message-${theme}`);
  expect(await violations(ana)).toEqual([]);
  await ana.page.setViewportSize({ width: 390, height: 844 });
  // Another screen, with what was written in it.
  await writeTo(ana).click();
  expect(await ana.composer.inputValue()).toBe('Entró la yerba.');
  await ana.shot(`97-phone-${theme}`);
  expect(await violations(ana)).toEqual([]);
});
