import { closeConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { DeskOptions } from './support/desk';
import type { Who } from './support/office';
import { define, PanelDesk, stored, type Talk, talk } from './support/customer-panel';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice();
const at = (who: Who, talk: Talk, options?: DeskOptions) => PanelDesk.open(office(), who, talk, options);

it('other conversations of the customer are there, the closed too, page by page, and open with a click', async () => {
  const first = await talk(office(), 'Rosa');
  const eva = await office().api('eva');
  const conversationIds = [first.conversationId];
  for (let count = 1; count <= 54; count += 1) {
    await eva.call(closeConversation, { conversationId: conversationIds.at(-1)! });
    conversationIds.push((await talk(office(), 'Rosa')).conversationId);
  }
  const ana = await at('ana', { ...first, conversationId: conversationIds.at(-1)! });
  const others = ana.panel.getByRole('region', { name: 'Sus conversaciones' });
  await others.locator('[data-other]').first().waitFor();
  const more = others.getByRole('button', { name: 'Ver más' });
  for (const shown of [8, 16, 24, 32, 40, 48, 54]) {
    await eventually(async () => expect(await others.locator('[data-other]').count()).toBe(shown));
    if (shown < 54) await more.click();
  }
  expect(await more.count()).toBe(0);
  expect(await others.getByText('Cerrada').count()).toBe(54);
  await others.locator('[data-other]').last().click();
  await ana.desk.page.getByText('Ya no admite mensajes ni notas. Si el cliente vuelve a escribir, empieza otra.').waitFor();
  expect(ana.desk.page.url()).toContain(first.conversationId);
});

it('two customers who are one person are merged, having been seen side by side, and an unsaved draft goes with them', async () => {
  await define(office(), { key: 'ciudad', label: 'Ciudad' }, { key: 'plan', label: 'Plan' }, { key: 'calle', label: 'Calle' });
  const kept = await talk(office(), 'Rosa Giménez', { ciudad: 'Rosario' }, '+5493415550101');
  const rosa = await talk(office(), 'Rosita', { ciudad: 'Funes', plan: 'Pro' });
  const [ana, beto] = [await at('ana', rosa), await at('beto', rosa)];
  await (await ana.add('Calle')).fill('Belgrano 12');
  await ana.act('Unir con otro cliente…');
  const dialog = ana.desk.page.getByRole('dialog', { name: 'Unir a Rosita con otro cliente' });
  await dialog.getByRole('combobox').fill('0101');
  await dialog.getByText('Nadie coincide con «0101»').waitFor();
  await dialog.getByRole('combobox').fill('3415550101');
  await dialog.getByRole('option', { name: 'Rosa Giménez' }).waitFor();
  await ana.desk.shot('68-merge-search');
  await ana.desk.page.keyboard.press('Enter');
  await dialog.getByText('«Rosita» pasa a ser «Rosa Giménez» en todas partes.').waitFor();
  await dialog.getByText('No se puede deshacer.').waitFor();
  const rows = await dialog.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  expect(rows).toEqual([
    ['Nombre', 'Rosita', 'Rosa Giménez, vale'],
    ['Canales', 'tienda Rosita, vale', 'tienda +5493415550101, vale'],
    ['Ciudad', 'Funes', 'Rosario, vale'],
    ['Plan', 'Pro, vale', ''],
  ]);
  expect(await violations(ana.desk, { within: '[role="dialog"]' })).toEqual([]);
  await ana.desk.shot('69-merge-review');
  await dialog.getByRole('button', { name: 'Unir', exact: true }).click();
  await ana.desk.page.getByText('Ahora son un solo cliente: Rosa Giménez').waitFor();
  for (const each of [ana, beto]) {
    await each.desk.page.getByRole('heading', { level: 1, name: 'Rosa Giménez' }).waitFor();
    await each.field('plan').getByText('Pro').waitFor();
    await each.panel.getByText('tienda · Rosita').waitFor();
  }
  const street = ana.input('Calle');
  expect(await street.inputValue()).toBe('Belgrano 12');
  await street.press('Enter');
  await beto.field('calle').getByText('Belgrano 12').waitFor();
  await ana.panel.locator(`[data-other="${kept.conversationId}"]`).waitFor();
  expect(await stored(office(), rosa)).toMatchObject({ id: kept.customerId, name: 'Rosa Giménez', attributes: { ciudad: { value: 'Rosario' }, plan: { value: 'Pro' }, calle: { value: 'Belgrano 12' } } });
});

it('who supervises blocks and unblocks a customer, and agents see it and cannot', async () => {
  const rosa = await talk(office(), 'Rosa');
  const [ana, eva] = [await at('ana', rosa), await at('eva', rosa)];
  expect(await ana.actions()).toEqual(['Ser su agente', 'Unir con otro cliente…']);
  await ana.desk.page.keyboard.press('Escape');
  expect(await eva.actions()).toEqual(['Ser su agente', 'Asignarle un agente', 'Unir con otro cliente…', 'Bloquear']);
  await eva.desk.page.getByRole('menuitem', { name: 'Bloquear' }).click();
  const dialog = eva.desk.page.getByRole('dialog', { name: 'Bloquear a Rosa' });
  await dialog.getByText('no llegará a nadie').waitFor();
  await eva.desk.shot('70-block');
  expect(await violations(eva.desk, { within: '[role="dialog"]' })).toEqual([]);
  await dialog.getByRole('button', { name: 'Bloquear' }).click();
  await ana.panel.locator('[data-blocked]').waitFor();
  expect(await stored(office(), rosa)).toMatchObject({ blocked: true });
  await eva.actions();
  await eva.desk.page.getByRole('menuitem', { name: 'Desbloquear' }).click();
  await ana.panel.locator('[data-blocked]').waitFor({ state: 'detached' });
});

it('an agent takes a customer as their own and lets them go; an admin gives them to anybody', async () => {
  const rosa = await talk(office(), 'Rosa');
  const [ana, eva] = [await at('ana', rosa), await at('eva', rosa)];
  await ana.act('Ser su agente');
  await eva.panel.getByText('Su agente: ana').waitFor();
  await ana.act('Dejar de ser su agente');
  await eva.panel.locator('[data-affinity]').waitFor({ state: 'detached' });
  await eva.act('Asignarle un agente');
  await eva.desk.page.getByRole('menuitemradio', { name: 'beto' }).click();
  await ana.panel.getByText('Su agente: beto').waitFor();
  expect(await stored(office(), rosa)).toMatchObject({ affinityAgentId: office().agents.beto.id });
});
