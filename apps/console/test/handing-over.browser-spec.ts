import { addNote, claimConversation, getConversation, sendMessage, transferConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice();

const stateOf = async (conversationId: string) => (await office().api('eva')).call(getConversation, { conversationId });
const dialog = ({ page }: Desk) => page.getByRole('dialog', { name: /^Derivar/ });
const search = (desk: Desk) => dialog(desk).getByRole('combobox', { name: 'A quién: agente o equipo' });
const option = (desk: Desk, name: string) => dialog(desk).getByRole('option', { name });
const go = (desk: Desk, target: string) => dialog(desk).getByRole('button', { name: `Derivar a ${target}` }).click();
const toast = ({ page }: Desk) => page.locator('[data-undo]');

it('is transferred to a colleague with a note, by the keyboard alone, and they see both at once', async () => {
  const conversationId = await office().taken('Rosa');
  const beto = await office().signedIn('beto');
  await beto.page.getByText('No tienes conversaciones').waitFor();
  const ana = await office().signedIn('ana');
  await ana.row('Rosa').getByRole('link').focus();
  await ana.page.keyboard.press('d');
  await search(ana).waitFor();
  // Live, while the dialog is open: what Beto has, and how he stands.
  await option(ana, 'beto').getByText('En línea').waitFor();
  await (await office().api('beto')).call(claimConversation, { conversationId: await office().writes('Juan') });
  await option(ana, 'beto').getByText(/^1 de/).waitFor();
  expect(await dialog(ana).getByRole('option').locator('[class*="_name_"]').allInnerTexts()).toEqual(['beto', 'eva', 'envios', 'ventas']);
  await ana.focusIn('dialog');
  await ana.page.keyboard.type('bet');
  await ana.page.keyboard.press('Enter');
  await ana.page.keyboard.type('Pide factura A');
  await ana.page.keyboard.press('Enter');
  await dialog(ana).waitFor({ state: 'detached' });

  await beto.openRow('Rosa');
  await beto.thread.getByText('Pide factura A').waitFor();
  await beto.thread.locator('[data-event="transferred"]').getByText('ana te la derivó').waitFor();
  await ana.row('Rosa').waitFor({ state: 'detached' });
  expect(await stateOf(conversationId)).toMatchObject({ assigneeId: office().agents.beto.id });
});

it('whoever is not there is named, and handed it anyway if one insists', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await office().signedIn('ana');
  await ana.menu('Rosa', 'Derivar…');
  await option(ana, 'beto').getByText('Desconectado').waitFor();
  await option(ana, 'beto').click();
  await go(ana, 'beto');
  await dialog(ana).getByRole('alert').getByText('beto está sin conexión ahora.').waitFor();
  await ana.shot('51-unavailable');
  expect(await violations(ana, { within: '[role="dialog"]' })).toEqual([]);
  expect(await stateOf(conversationId)).toMatchObject({ assigneeId: office().agents.ana.id });
  // It has the focus already.
  await ana.page.keyboard.press('Enter');
  await dialog(ana).waitFor({ state: 'detached' });
  expect(await stateOf(conversationId)).toMatchObject({ assigneeId: office().agents.beto.id });
});

it('is transferred to a team from its header: there it waits for whoever is of it', async () => {
  await office().taken('Rosa');
  const beto = await office().signedIn('beto', {}, '?tray=unassigned');
  await beto.page.getByText('Nadie espera').waitFor();
  const ana = await office().signedIn('ana');
  await ana.openRow('Rosa');
  await ana.page.getByRole('button', { name: 'Derivar', exact: true }).click();
  await search(ana).fill('envíos');
  await eventually(async () => expect(await dialog(ana).getByRole('option').count()).toBe(1));
  await option(ana, 'envios').getByText('1 en línea').waitFor();
  await option(ana, 'envios').click();
  await go(ana, 'envios');
  await beto.row('Rosa').waitFor();
  await toast(ana).getByText('Derivaste la conversación con Rosa a envios').waitFor();
  // It is out of Ana's sight, and hers to take back all the same.
  await ana.page.getByText('Esta conversación ya no está a tu vista').waitFor();
  await toast(ana).getByRole('button', { name: 'Deshacer' }).click();
  await ana.row('Rosa').waitFor();
  await beto.row('Rosa').waitFor({ state: 'detached' });
});

it.each(['light', 'dark'] as const)('a transfer is taken back, in %s', async (theme) => {
  const conversationId = await office().taken('Rosa');
  const beto = await office().signedIn('beto');
  await beto.page.getByText('No tienes conversaciones').waitFor();
  const ana = await office().signedIn('ana', { theme });
  await ana.openRow('Rosa');
  await ana.menu('Rosa', 'Derivar…');
  await option(ana, 'beto').getByText('En línea').waitFor();
  await option(ana, 'beto').click();
  await ana.page.keyboard.type('Llamó dos veces; espera respuesta hoy.');
  await ana.shot(`52-transfer-${theme}`);
  expect(await violations(ana, { within: '[role="dialog"]' })).toEqual([]);
  await go(ana, 'beto');
  await dialog(ana).waitFor({ state: 'detached' });
  await beto.row('Rosa').waitFor();
  await toast(ana).getByText(/^\d+ s$/).waitFor();
  await ana.shot(`53-undo-${theme}`);
  await toast(ana).getByRole('button', { name: 'Deshacer' }).click();
  await beto.row('Rosa').waitFor({ state: 'detached' });
  await ana.row('Rosa').waitFor();
  await toast(ana).waitFor({ state: 'detached' });
  expect(await stateOf(conversationId)).toMatchObject({ assigneeId: office().agents.ana.id });
});

it('a close is taken back with a key, and the offer ends with its time', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await office().signedIn('ana');
  await ana.row('Rosa').getByRole('link').focus();
  await ana.page.keyboard.press('c');
  await toast(ana).getByText('Cerraste la conversación con Rosa').waitFor();
  await ana.row('Rosa').waitFor({ state: 'detached' });
  await ana.page.keyboard.press('z');
  await ana.row('Rosa').waitFor();
  expect(await stateOf(conversationId)).toMatchObject({ status: 'active', assigneeId: office().agents.ana.id });
  await toast(ana).waitFor({ state: 'detached' });

  await ana.menu('Rosa', 'Cerrar');
  await toast(ana).waitFor();
  await toast(ana).waitFor({ state: 'detached' });
  await ana.page.keyboard.press('z');
  await ana.page.getByText('No hay nada que deshacer').waitFor();
  expect(await stateOf(conversationId)).toMatchObject({ status: 'closed' });
});

it('what stands in the way of an undo is said in words, as soon as it happens', async () => {
  const conversationId = await office().taken('Rosa');
  const beto = await office().signedIn('beto');
  const ana = await office().signedIn('ana');
  // What can be done before goes not off the time of the offer.
  const colleague = await office().api('beto');
  await beto.page.getByText('No tienes conversaciones').waitFor();
  await ana.menu('Rosa', 'Derivar…');
  await option(ana, 'beto').getByText('En línea').waitFor();
  await option(ana, 'beto').click();
  await go(ana, 'beto');
  await toast(ana).waitFor();
  await colleague.call(addNote, { conversationId, text: 'Ya la llamé' });
  await ana.page.getByText('No se puede deshacer: beto dejó una nota.').waitFor();
  expect(await toast(ana).count()).toBe(0);
});

it('is claimed with one key: the row that has the focus, or what is open; never while one writes', async () => {
  const [rosa, juan] = [await office().writes('Rosa'), await office().writes('Juan')];
  const ana = await office().signedIn('ana', {}, '?tray=unassigned');
  await ana.row('Juan').waitFor();
  await ana.page.keyboard.press('/');
  await ana.page.keyboard.type('t');
  expect(await ana.page.locator('#list input[type="search"]').inputValue()).toBe('t');
  await ana.page.getByRole('heading', { level: 1, name: /^Resultados/ }).waitFor();
  await ana.page.keyboard.press('Backspace');
  await ana.page.keyboard.press('Escape');
  expect(await stateOf(rosa)).toMatchObject({ tray: 'unassigned' });
  // The search is over: what was found gives way to the tray, and no row goes from under the focus.
  await ana.page.getByRole('heading', { level: 1, name: 'Sin asignar' }).waitFor();

  await ana.row('Juan').getByRole('link').focus();
  await ana.page.keyboard.press('t');
  await ana.row('Juan').waitFor({ state: 'detached' });
  expect(await stateOf(juan)).toMatchObject({ assigneeId: office().agents.ana.id });
  await ana.openRow('Rosa');
  await ana.page.keyboard.press('t');
  await ana.composer.waitFor();
  expect(await stateOf(rosa)).toMatchObject({ assigneeId: office().agents.ana.id });
});

it('goes through the list, writes, notes and shows the shortcuts by keys', async () => {
  await office().taken('Rosa');
  await office().taken('Juan');
  const ana = await office().signedIn('ana', {}, '?tray=mine&sort=assigned');
  await ana.row('Juan').waitFor();
  const heading = (name: string) => ana.page.getByRole('heading', { level: 1, name }).waitFor();
  const [first = '', second = ''] = await ana.names();
  await ana.page.keyboard.press('j');
  await heading(first);
  await ana.composer.waitFor();
  // One goes on, and does not write a `j`.
  await ana.page.keyboard.press('j');
  await heading(second);
  await ana.page.keyboard.press('k');
  await heading(first);
  await ana.composer.waitFor();

  await ana.page.keyboard.press('n');
  await ana.page.keyboard.type('jota de nota');
  expect(await ana.composer.inputValue()).toBe('jota de nota');
  expect(await ana.page.getByRole('tab', { name: 'Nota' }).getAttribute('aria-selected')).toBe('true');
  await ana.page.keyboard.press('Escape');
  await ana.page.keyboard.press('r');
  await ana.page.keyboard.type('r');
  expect(await ana.composer.inputValue()).toBe('r');
  await ana.page.keyboard.press('Escape');

  await ana.page.keyboard.press('?');
  const sheet = ana.page.getByRole('dialog', { name: 'Atajos de teclado' });
  await sheet.getByText('Escribir una nota').waitFor();
  await ana.shot('54-shortcuts');
  expect(await violations(ana, { within: '[role="dialog"]' })).toEqual([]);
  await sheet.getByLabel('Usar los atajos de una tecla').click();
  await ana.page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await ana.page.keyboard.press('j');
  await ana.page.keyboard.press('n');
  await eventually(async () => expect(await ana.page.getByRole('tab', { name: 'Responder' }).getAttribute('aria-selected')).toBe('true'));
  await heading(first);
});

describe('what a colleague transferred is marked until it is opened:', () => {
  it('to an agent, with who did and how their note begins', async () => {
    const conversationId = await office().taken('Rosa', 'Hola, ¿están?');
    const beto = await office().signedIn('beto');
    await beto.page.getByText('No tienes conversaciones').waitFor();
    await (await office().api('ana')).call(transferConversation, { conversationId, agentId: office().agents.beto.id, note: `Pide <b>factura A</b> y que la llamen. ${'Ya vino dos veces. '.repeat(20)}` });
    const handed = beto.row('Rosa').locator('[data-handed]');
    await handed.getByText('ana te la derivó: Pide <b>factura A</b> y que la llamen.').waitFor();
    expect(await violations(beto, { within: '#list' })).toEqual([]);
    await beto.shot('56-handed');
    // What comes meanwhile counts, and hides nothing of it.
    await office().writes('Rosa', '¿Siguen ahí?');
    await beto.row('Rosa').getByTitle('2 mensajes sin leer').waitFor();
    await handed.waitFor();
    // Nor does going away and coming back.
    await beto.page.reload();
    await handed.getByText('ana te la derivó: Pide <b>factura A</b> y que la llamen.').waitFor();
    await beto.openRow('Rosa');
    await handed.waitFor({ state: 'detached' });
    await beto.row('Rosa').getByText('¿Siguen ahí?').waitFor();
  });

  it('where nothing of the customer’s is unread too; whoever reads by answering keeps it until then', async () => {
    const [ana, beto] = [await office().api('ana'), await office().api('beto')];
    const handOver = async (name: string): Promise<string> => {
      const conversationId = await office().taken(name);
      await ana.call(sendMessage, { conversationId, text: 'Ya le respondo' });
      await ana.call(transferConversation, { conversationId, agentId: office().agents.beto.id, force: true, note: 'Sigue tú' });
      return conversationId;
    };
    const handedIn = (desk: Desk, name: string) => desk.row(name).locator('[data-handed]');
    await handOver('Rosa');
    const desk = await office().signedIn('beto');
    await handedIn(desk, 'Rosa').getByText('ana te la derivó: Sigue tú').waitFor();
    await desk.openRow('Rosa');
    await handedIn(desk, 'Rosa').waitFor({ state: 'detached' });

    await beto.send('/me', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ markReadOn: 'reply' }) });
    const conversationId = await handOver('Juan');
    const again = await office().signedIn('beto');
    await handedIn(again, 'Juan').waitFor();
    await again.openRow('Juan');
    await again.thread.getByText('Sigue tú').waitFor();
    await again.composer.fill('Hola, soy Beto');
    await again.page.getByRole('heading', { level: 1, name: 'Juan' }).waitFor();
    expect(await stateOf(conversationId)).toMatchObject({ handover: { by: office().agents.ana.id, note: 'Sigue tú' } });
    await handedIn(again, 'Juan').waitFor();
    await again.composer.press('Enter');
    await handedIn(again, 'Juan').waitFor({ state: 'detached' });
  });

  it('to a team of the agent’s, and no more once somebody takes it or it is taken back; nobody else sees it so', async () => {
    const conversationId = await office().taken('Rosa', 'Hola');
    const [beto, eva] = [await office().signedIn('beto', { theme: 'dark', width: 390, height: 844 }, '?tray=all'), await office().signedIn('eva', {}, '?tray=all')];
    await beto.row('Rosa').waitFor();
    const ana = await office().api('ana');
    await ana.call(transferConversation, { conversationId, teamId: office().teams.envios });
    await beto.row('Rosa').getByText('ana la derivó a tu equipo').waitFor();
    await beto.page.reload();
    await beto.row('Rosa').getByText('ana la derivó a tu equipo').waitFor();
    await beto.shot('57-handed-phone');
    await eva.row('Rosa').getByText('Sin leer').or(eva.row('Rosa').getByTitle('1 mensaje sin leer')).first().waitFor();
    expect(await eva.row('Rosa').locator('[data-handed]').count()).toBe(0);
    await (await office().api('eva')).call(claimConversation, { conversationId });
    await beto.row('Rosa').waitFor();
    await beto.row('Rosa').locator('[data-handed]').waitFor({ state: 'detached' });
  });
});
