import { updateAttribute, updateCustomer } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Locator } from 'playwright-core';
import type { DeskOptions } from './support/desk';
import type { Who } from './support/office';
import { define, PanelDesk, stored, type Talk, talk } from './support/customer-panel';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice();
const at = (who: Who, talk: Talk, options?: DeskOptions) => PanelDesk.open(office(), who, talk, options);

it('what one agent corrects and adds another sees as it happens, pointed out, with who it is from', async () => {
  await define(office(), { key: 'ciudad', label: 'Ciudad' }, { key: 'plan', label: 'Plan', type: 'list', options: ['Básico', 'Pro'] });
  const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
  const [ana, beto] = [await at('ana', rosa), await at('beto', rosa)];
  await beto.field('ciudad').getByText('por tienda').waitFor();
  await ana.change('Ciudad', 'Santa Fe');
  await beto.field('ciudad').getByText('Santa Fe').waitFor();
  await beto.field('ciudad').getByText('de ana ·').waitFor();
  await beto.field('ciudad').getByText('Cambió').waitFor();
  await beto.desk.shot('61-changed');
  // To whoever changed it, it is no news.
  await ana.field('ciudad').getByText('tuyo ·').waitFor();
  expect(await ana.field('ciudad').getAttribute('data-news')).toBeNull();

  await (await ana.add('Plan')).selectOption('Pro');
  await ana.desk.shot('62-adding');
  await ana.panel.getByRole('button', { name: 'Guardar' }).click();
  await beto.field('plan').getByText('Pro').waitFor();
  await ana.change('Nombre', 'Rosa Giménez');
  await beto.field('name').getByText('Rosa Giménez').waitFor();
  await beto.desk.page.getByRole('heading', { level: 1, name: 'Rosa Giménez' }).waitFor();
  await beto.field('ciudad').hover();
  await beto.desk.pointAway();
  await eventually(async () => expect(await beto.field('ciudad').getAttribute('data-news')).toBeNull());
  expect(await beto.field('plan').getAttribute('data-news')).toBe('true');

  await ana.edit('Plan');
  await ana.panel.getByRole('button', { name: 'Borrar Plan' }).click();
  await beto.panel.getByRole('button', { name: 'Agregar Plan, Se borró' }).waitFor();
  expect((await stored(office(), rosa)).attributes).not.toHaveProperty('plan');
});

it('what an admin defines, or calls otherwise, is in the panels of agents at once', async () => {
  const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
  const ana = await at('ana', rosa);
  await ana.field('ciudad').getByText('ciudad', { exact: true }).waitFor();
  await define(office(), { key: 'ciudad', label: 'Localidad' }, { key: 'plan', label: 'Plan', type: 'list', options: ['Básico', 'Pro'] });
  await ana.field('ciudad').getByText('Localidad').waitFor();
  await (await ana.add('Plan')).selectOption('Pro');
  const eva = await office().api('eva');
  await eva.call(updateAttribute, { key: 'plan', label: 'Abono', options: ['Básico', 'Pro', 'Total'] });
  // What is being edited stays as it is.
  expect(await ana.input('Abono').inputValue()).toBe('Pro');
  await ana.input('Abono').selectOption('Total');
  await ana.panel.getByRole('button', { name: 'Guardar' }).click();
  await ana.field('plan').getByText('Total').waitFor();
});

it('each type has its input, and what does not fit is said at the field', async () => {
  await define(office(), 
    { key: 'pedidos', label: 'Pedidos', type: 'number' },
    { key: 'alta', label: 'Alta', type: 'date' },
    { key: 'vip', label: 'Cliente VIP', type: 'boolean' },
    { key: 'correo', label: 'Correo', type: 'email' },
    { key: 'telefono', label: 'Teléfono', type: 'phone', required: true },
    { key: 'legajo', label: 'Legajo', readOnly: true },
    { key: 'nota', label: 'Nota' },
  );
  const rosa = await talk(office(), 'Rosa', { legajo: 'A-12', telefono: '+54 9 341 555 0101' });
  const ana = await at('ana', rosa);
  const email = await ana.add('Correo');
  await email.fill('rosa@');
  await email.press('Enter');
  await ana.panel.getByText('Escribe un correo como ana@ejemplo.com.').waitFor();
  expect(await email.getAttribute('aria-invalid')).toBe('true');
  await ana.desk.shot('65-field-error');
  await email.fill('rosa@example.com');
  await ana.save(email);
  const orders = await ana.add('Pedidos');
  await orders.pressSequentially('12,5');
  await ana.save(orders);
  await ana.field('pedidos').getByText('12,5').waitFor();
  const since = await ana.add('Alta');
  await since.fill('2026-02-03');
  await ana.save(since);
  await ana.field('alta').getByText('3 feb 2026').waitFor();
  const vip = await ana.add('Cliente VIP');
  await vip.selectOption('Sí');
  await ana.save(vip);
  const note = await ana.add('Nota');
  await note.fill('Una línea');
  await note.press('Shift+Enter');
  await note.pressSequentially('y otra');
  await ana.save(note);

  const phone = await ana.edit('Teléfono');
  expect(await ana.panel.getByRole('button', { name: 'Borrar Teléfono' }).count()).toBe(0);
  await phone.fill('');
  await phone.press('Enter');
  await ana.panel.getByText('Es obligatorio: cámbialo, pero no lo borres.').waitFor();
  await phone.press('Escape');
  await phone.waitFor({ state: 'detached' });
  const name = await ana.edit('Nombre');
  await name.fill('   ');
  await name.press('Enter');
  await ana.panel.getByText('Escribe un nombre, de hasta 200 caracteres.').waitFor();
  await name.press('Escape');
  expect(await ana.panel.getByRole('button', { name: 'Editar Legajo' }).count()).toBe(0);
  const { attributes } = await stored(office(), rosa);
  expect(Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]))).toEqual({
    correo: 'rosa@example.com',
    pedidos: 12.5,
    alta: '2026-02-03',
    vip: true,
    nota: 'Una línea\ny otra',
    telefono: '+54 9 341 555 0101',
    legajo: 'A-12',
  });
});

it('with the keyboard alone a field is edited, saved, taken back and cleared, and the focus stays where it was', async () => {
  await define(office(), { key: 'ciudad', label: 'Ciudad' });
  const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
  const ana = await at('ana', rosa);
  const pencil = ana.panel.getByRole('button', { name: 'Editar Ciudad' });
  const isFocused = (locator: Locator) => eventually(async () => expect(await locator.evaluate((element) => element === document.activeElement)).toBe(true));
  await pencil.focus();
  await ana.desk.page.keyboard.press('Enter');
  const input = ana.input('Ciudad');
  await isFocused(input);
  await ana.desk.page.keyboard.type('Santa Fe');
  await ana.desk.page.keyboard.press('Escape');
  await ana.field('ciudad').getByText('Rosario').waitFor();
  await isFocused(pencil);
  await ana.desk.page.keyboard.press('Enter');
  await isFocused(input);
  await ana.desk.page.keyboard.type('Santa Fe');
  await ana.desk.page.keyboard.press('Enter');
  await ana.field('ciudad').getByText('Santa Fe').waitFor();
  await isFocused(pencil);
  await ana.desk.page.keyboard.press('Enter');
  await isFocused(input);
  await ana.desk.page.keyboard.press('Delete');
  await ana.desk.page.keyboard.press('Enter');
  await isFocused(ana.panel.getByRole('button', { name: 'Agregar Ciudad' }));
  expect((await stored(office(), rosa)).attributes).toEqual({});
});

it('hostile names and values are texts, in the panel, its history and the merge alike', async () => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script> {{name}} $t(customer:title)';
  const rosa = await talk(office(), markup, { ciudad: markup, enlace: 'javascript:alert(1)', largo: 'x'.repeat(900) }, 'rosa');
  await talk(office(), `${markup} otra`, { ciudad: markup }, 'otra');
  const ana = await at('ana', rosa);
  await ana.field('name').getByText(markup).waitFor();
  await ana.change('ciudad', `${markup} y más`);
  await ana.field('ciudad').getByText(`${markup} y más`).waitFor();
  await ana.history();
  await ana.panel.getByText(`ciudad: de «${markup}» a «${markup} y más»`).waitFor();
  await ana.desk.shot('71-hostile');
  await ana.act('Unir con otro cliente…');
  await ana.desk.page.getByRole('dialog').getByRole('combobox').fill('otra');
  await ana.desk.page.getByRole('option', { name: 'otra' }).click();
  await ana.desk.page.getByRole('dialog').getByText(`«${markup}» pasa a ser «${markup} otra» en todas partes.`).waitFor();
  expect(await ana.panel.locator('img, script, a[href^="javascript"]').count()).toBe(0);
  expect(await ana.desk.page.title()).toMatch(/Relevo/);
  // Whatever is long breaks its lines.
  expect(await ana.panel.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});

it('a field is saved when the network is back, and its agent told of it meanwhile', async () => {
  await define(office(), { key: 'ciudad', label: 'Ciudad' });
  const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
  const ana = await at('ana', rosa);
  const input = await ana.edit('Ciudad');
  await input.fill('Santa Fe');
  await ana.desk.context.setOffline(true);
  await input.press('Enter');
  await ana.panel.getByText('Sin conexión: se guardará al volver.').waitFor();
  await ana.desk.context.setOffline(false);
  await input.waitFor({ state: 'detached' });
  await ana.field('ciudad').getByText('Santa Fe').waitFor();
  expect((await stored(office(), rosa)).attributes).toMatchObject({ ciudad: { value: 'Santa Fe' } });
});

describe.each(['light', 'dark'] as const)('without a violation of WCAG 2.2 AA, in %s', (theme) => {
  it.each([
    ['on a desk', {}],
    ['on a phone', { width: 390, height: 844 }],
  ])('%s', async (where, size) => {
    await define(office(), { key: 'ciudad', label: 'Ciudad' }, { key: 'calle', label: 'Calle', required: true }, { key: 'plan', label: 'Plan', type: 'list', options: ['Pro'] });
    const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
    const ana = await at('ana', rosa, { theme, ...size });
    await ana.field('ciudad').getByText('Rosario').waitFor();
    const beto = await office().api('beto');
    await beto.call(updateCustomer, { customerId: rosa.customerId, set: { ciudad: 'Funes' }, version: (await stored(office(), rosa)).version });
    await ana.field('ciudad').getByText('Cambió').waitFor();
    expect(await violations(ana.desk)).toEqual([]);
    await ana.history();
    await ana.panel.getByText('Llegó por tienda').waitFor();
    await ana.edit('Ciudad');
    await ana.input('Ciudad').fill('Santa Fe');
    await beto.call(updateCustomer, { customerId: rosa.customerId, set: { ciudad: 'Paraná' }, version: (await stored(office(), rosa)).version });
    await ana.field('ciudad').getByText('ahora dice: Paraná').waitFor();
    expect(await violations(ana.desk)).toEqual([]);
    await ana.input('Ciudad').press('Enter');
    await ana.panel.locator('[data-conflict]').waitFor();
    await ana.desk.shot(`72-conflict-${theme}-${where === 'on a phone' ? 'phone' : 'desk'}`);
    expect(await violations(ana.desk)).toEqual([]);
    // The pane stays: the key was the field's.
    await ana.desk.page.keyboard.press('Escape');
    await ana.input('Ciudad').waitFor();
    await ana.act('Unir con otro cliente…');
    await ana.desk.page.getByRole('combobox', { name: 'Con quién' }).and(ana.desk.page.locator(':focus')).waitFor();
    await ana.desk.shot(`73-merge-${theme}-${where === 'on a phone' ? 'phone' : 'desk'}`);
    await ana.desk.page.keyboard.press('Escape');
    await ana.desk.page.getByRole('combobox', { name: 'Con quién' }).waitFor({ state: 'detached' });
    await ana.input('Ciudad').waitFor();
  });
});
