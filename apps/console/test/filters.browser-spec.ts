import { claimConversation, closeConversation, createTag, sendMessage, tagConversation, updatePolicy } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';

const office = useOffice();

const trayOf = ({ page }: Desk, tray: string) => page.locator(`[data-tray="${tray}"]`);

it('a tag gathers all its conversations, active and closed, in the order chosen', async () => {
  const [ana, eva] = [await office().api('ana'), await office().api('eva')];
  const tag = await eva.call(createTag, { name: 'Mayorista' });
  const ids: Record<string, string> = {};
  for (const name of ['Rosa', 'Juan', 'Marta', 'Tomás']) {
    ids[name] = await office().taken(name);
    if (name !== 'Tomás') await ana.call(tagConversation, { conversationId: ids[name], tagId: tag.id });
  }
  await ana.call(closeConversation, { conversationId: ids.Juan! });
  const desk = await office().signedIn('ana');
  await desk.row('Rosa').waitFor();
  await desk.page.getByText('Todos', { exact: true }).click();
  await desk.page.getByRole('combobox', { name: 'Etiqueta' }).click();
  await desk.page.getByRole('option', { name: 'Mayorista' }).click();
  await desk.page.getByRole('button', { name: 'Ordenar' }).click();
  await desk.page.getByRole('menuitem', { name: 'Por asignación' }).click();
  await eventually(async () => expect(await desk.names()).toEqual(['Rosa', 'Juan', 'Marta']));
  await desk.row('Juan').getByText('Cerrada').waitFor();
  await ana.call(sendMessage, { conversationId: ids.Rosa!, text: 'Sale hoy' });
  await desk.page.getByRole('button', { name: 'Ordenar' }).click();
  await desk.page.getByRole('menuitem', { name: 'Por actividad' }).click();
  await desk.pointAway();
  await eventually(async () => expect((await desk.names())[0]).toBe('Rosa'));
  await desk.shot('81-tag');

  // Live, and whoever gets the address sees the same.
  await ana.call(tagConversation, { conversationId: ids.Tomás!, tagId: tag.id });
  await desk.row('Tomás').waitFor();
  const beto = await office().signedIn('beto', {}, new URL(desk.page.url()).search);
  await eventually(async () => expect((await beto.names()).toSorted()).toEqual(['Juan', 'Marta', 'Rosa', 'Tomás']));
});

it('those of one’s own that close by themselves within the hour are said to, and found together', async () => {
  await office().taken('Rosa');
  const beto = await office().api('beto');
  await beto.call(claimConversation, { conversationId: await office().writes('Juan') });
  const before = await office().signedIn('ana', {}, '?tray=mine&closing=1');
  await before.page.getByText('Nada coincide con los filtros').waitFor();

  await (await office().api('eva')).call(updatePolicy, { toleranceHours: 1 });
  const desk = await office().signedIn('ana');
  await desk.row('Rosa').getByText(/^Se cierra sola en/).waitFor();
  await desk.page.getByRole('switch', { name: 'Se cierran pronto' }).click();
  await eventually(async () => expect(await desk.names()).toEqual(['Rosa']));
  await desk.shot('82-closing');
});

it('an empty list says why: nothing was found, in all trays and the history, or nothing was begun from here', async () => {
  await office().taken('Rosa');
  const desk = await office().signedIn('ana');
  await desk.row('Rosa').waitFor();
  await desk.page.locator('#list input[type="search"]').fill('jirafa');
  await desk.page.getByText('Nada coincide con «jirafa»').waitFor();
  await desk.page.getByRole('heading', { level: 1, name: /Resultados.*Activos y cerrados/ }).waitFor();
  await desk.shot('84-nothing-found');
  await desk.page.locator('#list').getByRole('button', { name: 'Borrar la búsqueda' }).last().click();
  await desk.row('Rosa').waitFor();
  await desk.page.getByText('Salientes', { exact: true }).click();
  await desk.page.getByText('Aquí quedan las que empieza la empresa y no el cliente.').waitFor();
  // Back where one was, which is one's own tray.
  await desk.page.getByText('Activos', { exact: true }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Yo', exact: true }).waitFor();
  await desk.row('Rosa').waitFor();
});

it('counters of the trays go on live, and say what of one’s own is unread', async () => {
  const desk = await office().signedIn('ana');
  await desk.page.getByText('No tienes conversaciones').waitFor();
  const [rosa, juan] = [await office().writes('Rosa'), await office().writes('Juan')];
  await eventually(async () => expect(await trayOf(desk, 'unassigned').innerText()).toMatch(/Sin asignar\s*2/));
  await (await office().api('beto')).call(claimConversation, { conversationId: juan });
  await eventually(async () => expect([await trayOf(desk, 'unassigned').innerText(), await trayOf(desk, 'agents').innerText()]).toEqual([expect.stringMatching(/1$/), expect.stringMatching(/1$/)]));
  await (await office().api('ana')).call(claimConversation, { conversationId: rosa });
  await trayOf(desk, 'mine').getByTitle('1 sin leer').waitFor();
  await eventually(async () => expect(await trayOf(desk, 'mine').innerText()).toMatch(/1\s*1$/));
  await (await office().api('ana')).call(sendMessage, { conversationId: rosa, text: 'Ya miro' });
  await trayOf(desk, 'mine').getByTitle('1 sin leer').waitFor({ state: 'detached' });
});
