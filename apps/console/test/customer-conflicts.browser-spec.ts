import { updateCustomer } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Locator } from 'playwright-core';
import type { DeskOptions } from './support/desk';
import type { Who } from './support/office';
import { define, PanelDesk, stored, type Talk, talk } from './support/customer-panel';
import { useOffice } from './support/use-office';

const office = useOffice();
const at = (who: Who, talk: Talk, options?: DeskOptions) => PanelDesk.open(office(), who, talk, options);

it('two agents edit different fields at once, and a draft stays as it is whatever comes', async () => {
  await define(office(), { key: 'ciudad', label: 'Ciudad' }, { key: 'calle', label: 'Calle' });
  const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
  const [ana, beto] = [await at('ana', rosa), await at('beto', rosa)];
  const city = await ana.edit('Ciudad');
  await city.fill('Santa Fe de la Ver');
  const street = await beto.add('Calle');
  await street.fill('Belgrano 12');
  await beto.save(street);
  await ana.field('calle').getByText('Belgrano 12').waitFor();
  expect(await city.inputValue()).toBe('Santa Fe de la Ver');
  // Neither another conversation nor a reload loses it.
  await ana.desk.page.reload();
  await ana.input('Ciudad').waitFor();
  expect(await city.inputValue()).toBe('Santa Fe de la Ver');
  await city.fill('Santa Fe de la Vera Cruz');
  await city.press('Enter');
  await beto.field('ciudad').getByText('Santa Fe de la Vera Cruz').waitFor();
  expect((await stored(office(), rosa)).attributes).toMatchObject({ ciudad: { value: 'Santa Fe de la Vera Cruz', by: office().agents.ana.id }, calle: { value: 'Belgrano 12', by: office().agents.beto.id } });
});

describe('two agents edit the same field', () => {
  async function contested(): Promise<{ rosa: Talk; ana: PanelDesk; beto: PanelDesk; conflict: Locator }> {
    await define(office(), { key: 'ciudad', label: 'Ciudad' });
    const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
    const [ana, beto] = [await at('ana', rosa), await at('beto', rosa)];
    const input = await ana.edit('Ciudad');
    await input.fill('Santa Fe');
    await beto.change('Ciudad', 'Paraná');
    await ana.field('ciudad').getByText('Mientras lo editas, ahora dice: Paraná').waitFor();
    expect(await input.inputValue()).toBe('Santa Fe');
    await ana.desk.shot('63-meanwhile');
    await input.press('Enter');
    const conflict = ana.panel.getByRole('group', { name: 'Otra persona cambió «Ciudad» mientras lo editabas' });
    await conflict.waitFor();
    expect((await conflict.locator('dd, dt').allInnerTexts()).map((text) => text.replace(/ · .*/, ''))).toEqual(['Lo tuyo', 'Santa Fe', 'Lo que hay ahora', 'Paraná', 'de beto']);
    await ana.desk.shot('64-conflict');
    expect((await stored(office(), rosa)).attributes).toMatchObject({ ciudad: { value: 'Paraná' } });
    return { rosa, ana, beto, conflict };
  }

  it('who insists after having seen both puts theirs', async () => {
    const { rosa, ana, beto, conflict } = await contested();
    await conflict.getByRole('button', { name: 'Poner lo mío' }).click();
    await conflict.waitFor({ state: 'detached' });
    await beto.field('ciudad').getByText('Santa Fe').waitFor();
    await ana.field('ciudad').getByText('Santa Fe').waitFor();
    expect((await stored(office(), rosa)).attributes).toMatchObject({ ciudad: { value: 'Santa Fe', by: office().agents.ana.id } });
  });

  it('who keeps the other’s changes nothing', async () => {
    const { rosa, ana, conflict } = await contested();
    const { version } = await stored(office(), rosa);
    await conflict.getByRole('button', { name: 'Dejar lo que hay' }).click();
    await ana.field('ciudad').getByText('Paraná').waitFor();
    expect(await stored(office(), rosa)).toMatchObject({ version, attributes: { ciudad: { value: 'Paraná', by: office().agents.beto.id } } });
  });

  it('who goes on editing still has what they wrote, and may write a third', async () => {
    const { rosa, ana, conflict } = await contested();
    await ana.desk.page.keyboard.press('Escape');
    await conflict.waitFor({ state: 'detached' });
    const input = ana.input('Ciudad');
    expect(await input.inputValue()).toBe('Santa Fe');
    await input.fill('Villa Paranacito');
    await input.press('Enter');
    await eventually(async () => expect((await stored(office(), rosa)).attributes).toMatchObject({ ciudad: { value: 'Villa Paranacito' } }));
  });
});

it('every change stays in the history, in words and page by page, and is taken back', async () => {
  await define(office(), { key: 'ciudad', label: 'Ciudad' }, { key: 'calle', label: 'Calle' });
  const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
  const beto = await office().api('beto');
  for (let count = 1; count <= 21; count += 1) {
    const { version } = await stored(office(), rosa);
    await beto.call(updateCustomer, { customerId: rosa.customerId, set: { calle: `Belgrano ${count}` }, version });
  }
  const ana = await at('ana', rosa);
  await ana.change('Ciudad', 'Santa Fe');
  const history = await ana.history();
  const entries = history.locator('[data-entry]');
  await history.getByText('Cambiaste sus datos').waitFor();
  await history.getByText('Ciudad: de «Rosario» a «Santa Fe»').waitFor();
  await history.getByText('Calle: de «Belgrano 20» a «Belgrano 21»').waitFor();
  expect(await entries.count()).toBe(20);
  await ana.desk.shot('66-history');
  await history.getByRole('button', { name: 'Ver anteriores' }).click();
  await history.getByText('Llegó por tienda').waitFor();
  expect(await entries.count()).toBe(23);
  expect(await history.getByRole('button', { name: 'Ver anteriores' }).count()).toBe(0);

  await entries.first().getByRole('button', { name: /^Revertir/ }).click();
  await history.getByText('Ciudad: de «Santa Fe» a «Rosario»').waitFor();
  await ana.field('ciudad').getByText('Rosario').waitFor();
  expect((await stored(office(), rosa)).attributes).toMatchObject({ ciudad: { value: 'Rosario', by: office().agents.ana.id } });
  await eventually(async () => expect(await entries.nth(1).getByRole('button').count()).toBe(0));
});

it('what was changed again since is not taken back unless one insists', async () => {
  await define(office(), { key: 'ciudad', label: 'Ciudad' });
  const rosa = await talk(office(), 'Rosa', { ciudad: 'Rosario' });
  const [ana, beto] = [await at('ana', rosa), await at('beto', rosa)];
  await ana.change('Ciudad', 'Santa Fe');
  await beto.field('ciudad').getByText('Santa Fe').waitFor();
  await beto.change('Ciudad', 'Paraná');
  await ana.history();
  const entry = ana.panel.locator('[data-entry]').filter({ hasText: 'de «Rosario» a «Santa Fe»' });
  const conflict = entry.getByRole('group', { name: 'Revertir' });
  await entry.getByRole('button', { name: /^Revertir/ }).click();
  await conflict.getByText('Otra persona volvió a cambiar «Ciudad» después de esto.').waitFor();
  expect(await conflict.locator('dd').allInnerTexts()).toEqual(['Rosario', 'Paraná']);
  await ana.desk.shot('67-revert-conflict');
  await conflict.getByRole('button', { name: 'Dejar lo que hay' }).click();
  await conflict.waitFor({ state: 'detached' });
  expect((await stored(office(), rosa)).attributes).toMatchObject({ ciudad: { value: 'Paraná' } });
  await entry.getByRole('button', { name: /^Revertir/ }).click();
  await conflict.getByRole('button', { name: 'Poner lo de antes' }).click();
  await beto.field('ciudad').getByText('Rosario').waitFor();
});
