import { changeSettings, createTag, sendMessage, transferConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import { useOffice } from './support/use-office';

const office = useOffice();

/** Conversations of Ana's, in the order in which they came. */
async function taken(...names: string[]): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const name of names) ids[name] = await office().taken(name, `Soy ${name}`);
  return ids;
}

it('has three orders, which are remembered for the agent', async () => {
  const ids = await taken('Rosa', 'Juan', 'Marta');
  const ana = await office().api('ana');
  await ana.call(sendMessage, { conversationId: ids.Juan!, text: 'Ya miro' });
  const desk = await office().signedIn('ana');
  // Longest waiting first, then whom nobody owes an answer.
  await eventually(async () => expect(await desk.names()).toEqual(['Rosa', 'Marta', 'Juan']));
  const choose = async (order: string): Promise<void> => {
    await desk.page.getByRole('button', { name: 'Ordenar' }).click();
    await desk.page.getByRole('menuitem', { name: order }).click();
  };
  await choose('Por actividad');
  await eventually(async () => expect(await desk.names()).toEqual(['Juan', 'Marta', 'Rosa']));
  expect(desk.page.url()).toContain('sort=activity');
  await choose('Por asignación');
  await eventually(async () => expect(await desk.names()).toEqual(['Rosa', 'Juan', 'Marta']));
  await eventually(async () => expect((await ana.me()).settings.list).toMatchObject({ sort: 'assigned', filters: { tray: 'mine' } }));

  const elsewhere = await office().signedIn('ana');
  await eventually(async () => expect(await elsewhere.names()).toEqual(['Rosa', 'Juan', 'Marta']));
  expect(elsewhere.page.url()).toContain('sort=assigned');
});

it('begins as anybody’s would while it is not known what was chosen, and as it was chosen from then on', async () => {
  const ana = await office().api('ana');
  await ana.call(changeSettings, { list: { sort: 'assigned', filters: { tray: 'agents', status: 'active' } } });
  const desk = await office().desk();
  const { promise: isKnown, resolve: tell } = Promise.withResolvers<void>();
  await desk.page.route('**/v1/me', async (route) => {
    await isKnown;
    await route.continue();
  });
  await desk.goto();
  await desk.enter(office().agents.ana);
  await desk.page.waitForURL((url) => url.searchParams.get('sort') === 'waiting');
  tell();
  await desk.page.waitForURL((url) => url.searchParams.get('sort') === 'assigned' && url.searchParams.get('tray') === 'agents');
  expect((await ana.me()).settings.list).toMatchObject({ sort: 'assigned', filters: { tray: 'agents' } });
});

it('moves no row under the pointer: it says how many updates there are, and moves when asked', async () => {
  const ids = await taken('Rosa', 'Juan');
  const ana = await office().api('ana');
  await ana.call(sendMessage, { conversationId: ids.Juan!, text: 'Listo' });
  await ana.call(sendMessage, { conversationId: ids.Rosa!, text: 'Listo' });
  const desk = await office().signedIn('ana');
  await eventually(async () => expect(await desk.names()).toEqual(['Rosa', 'Juan']));
  await desk.row('Rosa').hover();
  await office().writes('Juan', '¿Sigue ahí?');
  await desk.page.getByRole('button', { name: '1 actualización' }).waitFor();
  // In its place, with what is new in it.
  await desk.row('Juan').getByText('¿Sigue ahí?').waitFor();
  expect(await desk.names()).toEqual(['Rosa', 'Juan']);
  await desk.shot('11-updates');
  await desk.page.getByRole('button', { name: '1 actualización' }).click();
  await eventually(async () => expect(await desk.names()).toEqual(['Juan', 'Rosa']));
  // Whoever does not point at it sees it move by itself.
  await desk.pointAway();
  await office().writes('Marta', 'Hola');
  await office().writes('Rosa', 'Otra cosa');
  await eventually(async () => expect((await desk.names()).toSorted()).toEqual(['Juan', 'Rosa']));
});

it('the menu beside a chat does what applies to it: unread, read, tags, close, undo', async () => {
  const eva = await office().api('eva');
  await eva.call(createTag, { name: 'Urgente', color: '#c92a2a' });
  await eva.call(createTag, { name: 'Factura', color: '#2b8a3e' });
  await taken('Rosa');
  const desk = await office().signedIn('ana');
  const row = desk.row('Rosa');
  await row.getByTitle('1 mensaje sin leer').waitFor();
  await desk.menu('Rosa', 'Marcar como leída');
  await row.getByTitle('1 mensaje sin leer').waitFor({ state: 'detached' });
  await desk.menu('Rosa', 'Marcar como no leída');
  await row.getByRole('img', { name: 'Marcada como no leída' }).waitFor();

  await row.locator('[data-actions]').click();
  await desk.page.getByRole('menuitem', { name: 'Etiquetas' }).click();
  await desk.page.getByRole('menuitemcheckbox', { name: 'Urgente' }).click();
  await row.getByText('Urgente').waitFor();
  await desk.shot('12-menu-tags');
  await desk.page.keyboard.press('Escape');
  await desk.noMenu();

  await desk.menu('Rosa', 'Cerrar');
  await desk.pointAway();
  await row.waitFor({ state: 'detached' });
  await desk.shot('13-closed-toast');
  await desk.page.getByRole('button', { name: 'Deshacer' }).click();
  await row.waitFor();
  await row.getByText('Urgente').waitFor();
});

it('is held no longer than the pointer is over it, also where nothing says that it left', async () => {
  const ids = await taken('Rosa', 'Juan');
  const ana = await office().api('ana');
  for (const id of [ids.Juan!, ids.Rosa!]) await ana.call(sendMessage, { conversationId: id, text: 'Listo' });
  const desk = await office().signedIn('ana');
  await eventually(async () => expect(await desk.names()).toEqual(['Rosa', 'Juan']));
  await desk.row('Rosa').hover();
  await office().writes('Juan', '¿Sigue ahí?');
  await desk.page.getByRole('button', { name: '1 actualización' }).waitFor();
  // As a browser has it when what was under the pointer, a menu of a row, went away: the next is entered, nothing is left.
  await desk.page.evaluate(() => document.querySelector('#thread')?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, relatedTarget: document.querySelector('#trays') })));
  await eventually(async () => expect(await desk.names()).toEqual(['Juan', 'Rosa']));
});

it('a row names who wrote last: who stepped in, or had it before, and not whose it is', async () => {
  const conversationId = await office().taken('Rosa');
  const desk = await office().signedIn('ana');
  await (await office().api('eva')).call(sendMessage, { conversationId, text: 'Soy la supervisora' });
  await desk.row('Rosa').getByText('eva: Soy la supervisora').waitFor();
  const ana = await office().api('ana');
  await ana.call(sendMessage, { conversationId, text: 'Sigo yo' });
  await desk.row('Rosa').getByText('Tú: Sigo yo').waitFor();
  await ana.call(transferConversation, { conversationId, agentId: office().agents.beto.id, force: true });
  const beto = await office().signedIn('beto');
  // Who transferred it, until it is open.
  await beto.openRow('Rosa');
  await beto.row('Rosa').getByText('ana: Sigo yo').waitFor();
});

it('what one takes leaves the others’ queue at once', async () => {
  await office().writes('Rosa', 'Hola');
  const [ana, beto] = [await office().signedIn('ana', {}, '?tray=unassigned'), await office().signedIn('beto', {}, '?tray=unassigned')];
  await beto.row('Rosa').waitFor();
  await ana.menu('Rosa', 'Tomar');
  await beto.row('Rosa').waitFor({ state: 'detached' });
  await beto.page.getByText('Nadie espera').waitFor();
  await beto.tray('Agentes');
  await beto.row('Rosa').getByText('ana').waitFor();
});

it('filters stand in the address, and closed conversations are found there', async () => {
  const ids = await taken('Rosa', 'Juan');
  const eva = await office().api('eva');
  const tag = await eva.call(createTag, { name: 'Mayorista' });
  const desk = await office().signedIn('ana');
  await desk.row('Rosa').waitFor();
  await (await office().api('ana')).send(`/conversations/${ids.Juan!}/tags/${tag.id}`, { method: 'PUT' });
  await desk.page.getByRole('combobox', { name: 'Etiqueta' }).click();
  await desk.page.getByRole('option', { name: 'Mayorista' }).click();
  await eventually(async () => expect(await desk.names()).toEqual(['Juan']));
  expect(desk.page.url()).toContain(`tag=${tag.id}`);
  await desk.page.reload();
  await eventually(async () => expect(await desk.names()).toEqual(['Juan']));
  await desk.menu('Juan', 'Cerrar');
  await desk.pointAway();
  await desk.page.getByText('Nada coincide con los filtros').waitFor();
  await desk.page.getByText('Cerrados').click();
  await eventually(async () => expect(await desk.names()).toEqual(['Juan']));
  await desk.shot('14-closed');
  await desk.openRow('Juan');
  await desk.page.getByText('Ya no admite mensajes ni notas. Si el cliente vuelve a escribir, empieza otra.').waitFor();
});

it('is moved through with the arrows, and opened with Enter', async () => {
  await taken('Rosa', 'Juan', 'Marta');
  const desk = await office().signedIn('ana');
  await desk.row('Marta').waitFor();
  await desk.row('Rosa').getByRole('link').focus();
  await desk.page.keyboard.press('ArrowDown');
  await eventually(async () => expect(await desk.page.evaluate(() => document.activeElement?.textContent)).toContain('Juan'));
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('heading', { level: 1, name: 'Juan' }).waitFor();
});

it('is moved through as fast as keys come, however slowly it is drawn', async () => {
  await taken('Rosa', 'Juan', 'Marta');
  const desk = await office().signedIn('ana');
  await desk.row('Marta').waitFor();
  await desk.row('Rosa').getByRole('link').focus();
  await desk.page.evaluate(() => {
    for (let count = 0; count < 2; count++) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
  });
  await eventually(async () => expect(await desk.page.evaluate(() => document.activeElement?.textContent)).toContain('Marta'));
});

it('searches by what was written and by the customer, in every tray and in the history', async () => {
  const ids = await taken('Rosa', 'Juan');
  await office().writes('Juan', 'Busco una hamaca paraguaya');
  await (await office().api('ana')).send(`/conversations/${ids.Juan!}/close`, { method: 'POST' });
  const desk = await office().signedIn('beto');
  await desk.page.getByRole('searchbox').fill('hamaca');
  await eventually(async () => expect(await desk.names()).toEqual(['Juan']));
  expect(desk.page.url()).toContain('q=hamaca');
  await desk.page.getByRole('heading', { name: 'Resultados' }).waitFor();
  await desk.page.getByRole('searchbox').fill('rosa');
  await eventually(async () => expect(await desk.names()).toEqual(['Rosa']));
  await desk.page.getByRole('button', { name: 'Borrar la búsqueda' }).click();
  await desk.page.getByText('No tienes conversaciones').waitFor();
});
