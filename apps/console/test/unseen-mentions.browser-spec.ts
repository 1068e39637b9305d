import { addNote, changeSettings, closeConversation, transferConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import type { Who } from './support/office';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice();

const place = ({ page }: Desk) => page.locator('[data-tray="mentions"]');
const mark = (desk: Desk, name: string) => desk.row(name).getByRole('img', { name: 'Te mencionaron en una nota' });

/** Somebody names another in a note. */
async function names(by: Who, conversationId: string, who: Who, text = `Ojo @${who}`): Promise<void> {
  await (await office().api(by)).call(addNote, { conversationId, text, mentions: [office().agents[who].id] });
}

const says = (desk: Desk, count: string): Promise<void> => eventually(async () => expect(await place(desk).innerText()).toMatch(new RegExp(`^Menciones\\s*${count}$`)));

it('whoever was signed out when a note named them finds it when they come back, opens it, and it is gone', async () => {
  const [rosa, juan] = [await office().writes('Rosa'), await office().writes('Juan')];
  await office().writes('Marta');
  await names('beto', rosa, 'ana');
  await names('beto', juan, 'ana');
  await (await office().api('eva')).call(closeConversation, { conversationId: juan });
  const ana = await office().signedIn('ana');
  await says(ana, '2');
  await ana.tray('Menciones');
  await eventually(async () => expect((await ana.names()).toSorted()).toEqual(['Juan', 'Rosa']));
  await mark(ana, 'Rosa').waitFor();
  await mark(ana, 'Juan').waitFor();
  await ana.row('Juan').getByText('Cerrada').waitFor();
  await ana.page.getByRole('heading', { level: 1, name: 'Menciones' }).waitFor();
  await ana.shot('56-mentions');
  expect(await violations(ana)).toEqual([]);

  await ana.openRow('Rosa');
  await ana.thread.getByText('Ojo').waitFor();
  await says(ana, '1');
  await ana.pointAway();
  await eventually(async () => expect(await ana.names()).toEqual(['Juan']));
  await ana.openRow('Juan');
  await says(ana, '');
  await ana.pointAway();
  await ana.page.getByText('No tienes menciones sin ver').waitFor();
  await ana.shot('57-mentions-none');
  await ana.tray('Sin asignar');
  await ana.row('Rosa').waitFor();
  await mark(ana, 'Rosa').waitFor({ state: 'detached' });
  await ana.page.reload();
  await ana.row('Rosa').waitFor();
  await says(ana, '');
});

it('it comes and goes live in both of the agent’s tabs, and is nobody else’s', async () => {
  const rosa = await office().writes('Rosa');
  const ana = await office().signedIn('ana', {}, '?tray=unassigned');
  const other = await ana.context.newPage();
  await other.goto(`${ana.url}/app/?tray=all&mentioned=1`);
  const beto = await office().signedIn('beto', {}, '?tray=unassigned');
  await other.getByText('No tienes menciones sin ver').waitFor();
  await names('eva', rosa, 'ana');
  await mark(ana, 'Rosa').waitFor();
  await other.locator('[data-conversation]').filter({ hasText: 'Rosa' }).locator('[data-mentioned]').waitFor();
  await says(ana, '1');
  await eventually(async () => expect(await other.locator('[data-tray="mentions"]').innerText()).toMatch(/1$/));
  await beto.row('Rosa').waitFor();
  await says(beto, '');
  expect(await mark(beto, 'Rosa').count()).toBe(0);
  await ana.openRow('Rosa');
  await other.getByText('No tienes menciones sin ver').waitFor();
  await eventually(async () => expect(await other.locator('[data-tray="mentions"]').innerText()).not.toMatch(/1/));
  await says(ana, '');
  await mark(ana, 'Rosa').waitFor({ state: 'detached' });
});

it('what may not be seen any more is told no more', async () => {
  const rosa = await office().writes('Rosa');
  await names('eva', rosa, 'ana');
  const ana = await office().signedIn('ana', {}, '?tray=all&mentioned=1');
  await ana.row('Rosa').waitFor();
  await (await office().api('eva')).call(transferConversation, { conversationId: rosa, teamId: office().teams.envios });
  await ana.page.getByText('No tienes menciones sin ver').waitFor();
  await says(ana, '');
});

it('a note far above is gone to, and only then it was seen; whoever reads by replying leaves unread what waits', async () => {
  const rosa = await office().taken('Rosa');
  await (await office().api('ana')).call(changeSettings, { markReadOn: 'reply' });
  await names('eva', rosa, 'ana', 'Ojo @ana con el envío');
  for (let index = 1; index <= 70; index += 1) await office().writes('Rosa', `mensaje ${index}`);
  const ana = await office().signedIn('ana', {}, '?tray=all&mentioned=1');
  await ana.openRow('Rosa');
  await eventually(async () => expect(await ana.thread.getByText('con el envío').isVisible()).toBe(true));
  await says(ana, '');
  await ana.shot('58-mention-above');
  await ana.tray('Yo');
  await ana.row('Rosa').getByTitle('71 mensajes sin leer').waitFor();
});

it('on a phone the way to the trays says that there are some, and the keyboard goes all the way', async () => {
  const rosa = await office().writes('Rosa Pérez de la Fuente y Álvarez de Toledo', 'Una pregunta larga, que no cabe en una línea de un teléfono por más que se intente');
  await names('beto', rosa, 'ana');
  const ana = await office().signedIn('ana', { width: 390, height: 844, theme: 'dark' });
  const toTrays = ana.page.getByRole('button', { name: 'Abrir bandejas y filtros: 1 mención sin ver' });
  await toTrays.waitFor();
  await ana.shot('59-mentions-phone');
  expect(await violations(ana)).toEqual([]);
  await toTrays.press('Enter');
  await says(ana, '1');
  await ana.settled();
  await ana.shot('60-mentions-phone-trays');
  await place(ana).focus();
  await ana.page.keyboard.press('Enter');
  await mark(ana, 'Rosa').waitFor();
  await ana.settled();
  await ana.shot('61-mentions-phone-list');
  expect(await violations(ana)).toEqual([]);
  await ana.row('Rosa').getByRole('link').press('Enter');
  await ana.thread.getByText('Ojo').waitFor();
  await ana.page.goBack();
  await ana.page.getByRole('button', { name: 'Abrir bandejas y filtros', exact: true }).waitFor();
});
