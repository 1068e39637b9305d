import { addNote, createTag, getConversation, sendMessage } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice();

const search = (desk: Desk, q: string): Promise<void> => desk.page.getByPlaceholder('Buscar por texto').fill(q);

/** What stands out in a row. */
const marks = (desk: Desk, name: string): Promise<string[]> => desk.row(name).locator('mark').allInnerTexts();

it('a row shows the part of the message that a search found, marked as it was written, and who wrote it', async () => {
  const conversationId = await office().taken('Rosa', 'Hola');
  await office().writes('Rosa', `${'Les cuento todo desde el principio. '.repeat(8)}El CAMIÓN llegó tarde otra vez`);
  await (await office().api('ana')).call(sendMessage, { conversationId, text: 'Lo siento, reviso el envío' });
  const desk = await office().signedIn('ana');
  const row = desk.row('Rosa');
  await search(desk, 'camion llego');
  await eventually(async () => expect(await marks(desk, 'Rosa')).toEqual(['CAMIÓN', 'llegó']));
  await row.getByText('El CAMIÓN llegó tarde otra vez').waitFor();
  await desk.shot('search-message');
  await search(desk, 'ENVIO');
  await row.getByText('Tú: …reviso el envío').waitFor();
  await eventually(async () => expect(await marks(desk, 'Rosa')).toEqual(['envío']));
  await search(desk, '');
  await row.getByText('Tú: Lo siento, reviso el envío').waitFor();
  await eventually(async () => expect(await marks(desk, 'Rosa')).toEqual([]));
});

it('a row shows the name, number, note, tag or attribute that a search found', async () => {
  const eva = await office().api('eva');
  const { id: tagId } = await eva.call(createTag, { name: 'Facturación' });
  const conversationId = await office().taken('Rosa Gómez', 'Mi número es +54 9 341 555-0199', { attributes: { correo: 'rosa@correo.example' } });
  const ana = await office().api('ana');
  await ana.send(`/conversations/${conversationId}/tags/${tagId}`, { method: 'PUT' });
  await ana.call(addNote, { conversationId, text: 'Pidió una nota de <b>crédito</b>' });
  const { number } = await ana.call(getConversation, { conversationId });
  const desk = await office().signedIn('ana');
  const row = desk.row('Rosa Gómez');
  const finds = async (q: string, line: string, marked: readonly string[]): Promise<void> => {
    await search(desk, q);
    await eventually(async () => expect(await row.innerText()).toContain(line));
    await eventually(async () => expect(await marks(desk, 'Rosa Gómez')).toEqual(marked));
  };
  await finds('rosa gom', 'Mi número es +54 9 341 555-0199', ['Rosa', 'Góm']);
  await finds('5550199', 'Mi número es +54 9 341 555-0199', ['54 9 341 555-0199']);
  await finds('credito', 'Tu nota: …nota de <b>crédito</b>', ['crédito']);
  await desk.shot('search-note');
  await finds('rosa@correo.example', 'correo: rosa@correo.example', ['rosa@correo.example']);
  await finds('FACTURACION', 'Etiqueta: Facturación', ['Facturación']);
  await finds(`#${number}`, `N.º ${number}`, [`N.º ${number}`]);
});

it('what was found is legible by night and on a phone', async () => {
  await office().taken('Un nombre larguísimo que no cabe en ninguna fila de ningún teléfono', `${'a'.repeat(120)} camión ${'b'.repeat(300)}`);
  for (const [name, options] of Object.entries({ day: {}, night: { theme: 'dark' }, phone: { theme: 'dark', width: 390, height: 844 } } as const)) {
    const desk = await office().signedIn('ana', options, '?tray=all&q=camion');
    const mark = desk.rows.locator('mark');
    await mark.waitFor();
    expect(await mark.innerText()).toBe('camión');
    const [marked, list] = [await mark.boundingBox(), await desk.page.locator('#list').boundingBox()];
    // Not only in the page: within what is shown of the line.
    expect(marked!.x + marked!.width).toBeLessThan(list!.x + list!.width - 30);
    expect(await violations(desk, { within: '#list' })).toEqual([]);
    await desk.shot(`search-${name}`);
  }
});

it('a row clicked in the very moment in which a search goes out opens, and both stand in the address', async () => {
  await office().taken('Rosa', 'Llegó el camión');
  const desk = await office().signedIn('ana');
  await desk.row('Rosa').waitFor();
  // The page is too busy to draw what the click chose before the pause in typing is over.
  await desk.page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#list input[type="search"]');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'camion');
    field?.dispatchEvent(new Event('input', { bubbles: true }));
    const typedAt = performance.now();
    while (performance.now() < typedAt + 400);
    document.querySelector<HTMLElement>('[data-conversation] [data-open]')?.click();
  });
  await desk.page.getByRole('heading', { level: 1, name: 'Rosa' }).waitFor();
  await desk.page.waitForURL((url) => /\/c\//.test(url.pathname) && url.searchParams.get('q') === 'camion');
});

it('an address that says only what is searched for searches, in the order that the agent chose last', async () => {
  await office().taken('Rosa', 'Llegó el camión');
  await office().taken('Juan', 'Hola');
  const list = { sort: 'activity', filters: { tray: 'unassigned', status: 'active' } };
  await (await office().api('ana')).send('/me', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ list }) });
  const desk = await office().signedIn('ana', {}, '?q=camion');
  await eventually(async () => expect(await marks(desk, 'Rosa')).toEqual(['camión']));
  expect(await desk.names()).toEqual(['Rosa']);
  expect(await desk.page.locator('#list input[type="search"]').inputValue()).toBe('camion');
  expect(Object.fromEntries(new URL(desk.page.url()).searchParams)).toEqual({ tray: 'unassigned', status: 'active', sort: 'activity', q: 'camion' });
});

/** Types into the search field from within the page, so that nothing comes between; what each key makes of it. */
const typing = (desk: Desk, task: 'while a search goes out' | 'and clears'): Promise<string[]> =>
  desk.page.evaluate(async (wanted) => {
    const field = document.querySelector<HTMLInputElement>('#list input[type="search"]')!;
    const write = (value: string): void => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const held: string[] = [];
    if (wanted === 'and clears') {
      write('jirafa');
      await Promise.resolve();
      document.querySelector<HTMLElement>('#list [aria-label="Borrar la búsqueda"]')!.click();
      // Set after that of the search, it runs after it.
      await after(400);
      return [field.value, location.search];
    }
    const replace = history.replaceState.bind(history);
    const { promise, resolve } = Promise.withResolvers<void>();
    history.replaceState = (...given) => {
      history.replaceState = replace;
      replace(...given);
      write('camion');
      resolve();
    };
    write('cam');
    await promise;
    while (!location.search.includes('q=camion')) {
      held.push(field.value);
      await after(10);
    }
    return held;
  }, task);

it('what is typed while a search goes out stays, however late the search is drawn', async () => {
  await office().taken('Rosa', 'Llegó el camión');
  const desk = await office().signedIn('ana');
  await desk.row('Rosa').waitFor();
  expect(new Set(await typing(desk, 'while a search goes out'))).toEqual(new Set(['camion']));
});

it('a search that was cleared before it went out does not', async () => {
  await office().taken('Rosa');
  const desk = await office().signedIn('ana');
  await desk.row('Rosa').waitFor();
  const [text, search] = await typing(desk, 'and clears');
  expect(text).toBe('');
  expect(search).not.toContain('jirafa');
});
