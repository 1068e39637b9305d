import { createQuickReply, getConversation, sendMessage } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';

const office = useOffice();

/** Ana before a conversation of hers. */
async function before(name = 'Rosa'): Promise<{ desk: Desk; conversationId: string }> {
  const conversationId = await office().taken(name, 'Hola', { attributes: { ciudad: 'Rosario' } });
  const desk = await office().signedIn('ana');
  await desk.openRow(name);
  await desk.composer.waitFor();
  return { desk, conversationId };
}

it('Enter sends; Ctrl+Enter and Shift+Enter break the line', async () => {
  const { desk } = await before();
  await desk.composer.pressSequentially('uno');
  await desk.composer.press('Control+Enter');
  await desk.composer.pressSequentially('dos');
  await desk.composer.press('Shift+Enter');
  await desk.composer.pressSequentially('tres');
  expect(await desk.composer.inputValue()).toBe('uno\ndos\ntres');
  await desk.composer.press('Enter');
  await eventually(async () => expect(await desk.answers()).toEqual(['uno\ndos\ntres']));
  expect(await desk.composer.inputValue()).toBe('');
});

it.each([
  ['Responder', 'Enviar'],
  ['Nota', 'Guardar nota'],
])('%s: what is typed after a click on “%s” goes on in the field, and is no shortcut', async (mode, button) => {
  const { desk, conversationId } = await before();
  await desk.page.getByRole('tab', { name: mode }).click();
  await desk.composer.fill('uno');
  await desk.page.getByRole('button', { name: button, exact: true }).click();
  await desk.thread.getByText('uno', { exact: true }).waitFor();
  await desk.page.keyboard.type('claro que sí');
  expect(await desk.composer.inputValue()).toBe('claro que sí');
  const ana = await office().api('ana');
  expect(await ana.call(getConversation, { conversationId })).toMatchObject({ status: 'active' });
});

it('files that were chosen go with what is typed next', async () => {
  const { desk } = await before();
  await desk.page.locator('[data-attach]').setInputFiles({ name: 'factura.txt', mimeType: 'text/plain', buffer: Buffer.from('A') });
  await desk.page.keyboard.type('Va la factura');
  expect(await desk.composer.inputValue()).toBe('Va la factura');
});

it('Enter that chooses a character of an input method sends nothing', async () => {
  const { desk } = await before();
  const cdp = await desk.context.newCDPSession(desk.page);
  await desk.composer.focus();
  await cdp.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
  await cdp.send('Input.insertText', { text: 'に' });
  await desk.composer.pressSequentially(' sí');
  expect(await desk.composer.inputValue()).toBe('に sí');
  await desk.composer.press('Enter');
  await eventually(async () => expect(await desk.answers()).toEqual(['に sí']));
});

it('an agent swaps the keys', async () => {
  const { desk } = await before();
  await desk.page.getByRole('button', { name: /^Tu cuenta/ }).click();
  await desk.page.getByRole('menuitem', { name: 'Preferencias' }).click();
  await desk.page.getByRole('menuitemradio', { name: 'Ctrl+Enter envía' }).click();
  await desk.page.keyboard.press('Escape');
  await desk.page.getByText('Ctrl+Enter envía · Enter salta de línea').waitFor();
  await desk.composer.pressSequentially('uno');
  await desk.composer.press('Enter');
  await desk.composer.pressSequentially('dos');
  await desk.composer.press('Control+Enter');
  await eventually(async () => expect(await desk.answers()).toEqual(['uno\ndos']));
});

it.each([
  ['Español', 'Insertar emoji', 'Buscar emoji', 'perro'],
  ['English', 'Insert emoji', 'Search emoji', 'dog'],
  ['Português', 'Inserir emoji', 'Buscar emoji', 'cachorro'],
])('emoji are found by their names in %s', async (language, button, search, word) => {
  const { desk } = await before();
  await desk.page.getByRole('button', { name: /^Tu cuenta/ }).click();
  await desk.page.getByRole('menuitem', { name: 'Idioma' }).click();
  await desk.page.getByRole('menuitemradio', { name: language }).click();
  await desk.page.keyboard.press('Escape');
  await desk.composer.fill('¡');
  await desk.page.getByRole('button', { name: button }).click();
  await desk.page.getByLabel(search).fill(word);
  await desk.page.getByRole('gridcell').first().waitFor();
  await desk.shot(`21-emoji-${word}`);
  await desk.page.locator('button:has-text("🐶")').first().click();
  expect(await desk.composer.inputValue()).toBe('¡🐶');
});

it('quick replies are found with a slash and filled in', async () => {
  const eva = await office().api('eva');
  await eva.call(createQuickReply, { shortcut: 'saludo', text: 'Hola {{customer.name}}, soy {{agent.name}}. ¿Todo bien en {{customer.ciudad}}?' });
  await eva.call(createQuickReply, { shortcut: 'envío', text: 'El envío sale mañana.' });
  const { desk } = await before();
  await desk.composer.pressSequentially('/');
  await desk.page.getByRole('option').nth(1).waitFor();
  await desk.page.getByRole('option', { name: 'Hola Rosa, soy ana. ¿Todo bien en Rosario?' }).waitFor();
  await desk.shot('22-quick-replies');
  await desk.composer.pressSequentially('envi');
  await eventually(async () => expect(await desk.page.getByRole('option').allInnerTexts()).toEqual([expect.stringContaining('/envío')]));
  await desk.composer.press('Enter');
  expect(await desk.composer.inputValue()).toBe('El envío sale mañana.');
  await desk.composer.fill('');
  await desk.composer.pressSequentially('/sal');
  await desk.composer.press('Tab');
  expect(await desk.composer.inputValue()).toBe('Hola Rosa, soy ana. ¿Todo bien en Rosario?');
});

it('quick replies and mentions have buttons, for whoever knows no signs; none where there is nothing to use', async () => {
  const { desk } = await before();
  const replies = desk.page.getByRole('button', { name: 'Usar una respuesta rápida (/)' });
  expect(await replies.count()).toBe(0);
  await (await office().api('eva')).call(createQuickReply, { shortcut: 'envío', text: 'El envío sale mañana.' });
  await desk.composer.fill('Rosa:');
  await replies.click();
  await desk.page.getByRole('option', { name: '/envío' }).waitFor();
  await desk.composer.press('Enter');
  expect(await desk.composer.inputValue()).toBe('Rosa: El envío sale mañana.');
  await desk.shot('23-signs');

  await desk.page.getByRole('tab', { name: 'Nota' }).click();
  await desk.page.getByRole('button', { name: 'Mencionar a un colega (@)' }).click();
  await desk.page.getByRole('option', { name: 'beto' }).click();
  expect(await desk.composer.inputValue()).toBe('@beto ');
});

it.each([
  ['beto', 'Puedes leerla y dejar notas para su agente.', 0],
  ['eva', 'Como supervisor puedes responder: el cliente lo ve, y sigue siendo de ana.', 1],
] as const)('before a conversation of Ana’s %s is told: %s', async (who, words, fields) => {
  await office().taken('Rosa');
  const desk = await office().signedIn(who, {}, '?tray=agents');
  await desk.openRow('Rosa');
  await desk.page.getByText(words).waitFor();
  expect(await desk.composer.count()).toBe(fields);
});

it('what is written as a note stays one: the modes share no text', async () => {
  const { desk } = await before();
  await desk.composer.fill('para el cliente');
  await desk.page.getByRole('tab', { name: 'Nota' }).click();
  expect(await desk.composer.inputValue()).toBe('');
  await desk.composer.fill('para nosotros');
  await desk.page.getByRole('tab', { name: 'Responder' }).click();
  expect(await desk.composer.inputValue()).toBe('para el cliente');
  await desk.page.getByRole('tab', { name: 'Nota' }).click();
  await desk.composer.press('Enter');
  await desk.thread.locator('[data-kind="note"]').getByText('para nosotros').waitFor();
  expect(await desk.answers()).toEqual([]);
});

it('drafts are kept for each conversation, over a reload', async () => {
  const { desk } = await before('Rosa');
  await office().taken('Juan');
  await desk.composer.fill('para Rosa');
  // No row comes under the pointer.
  await desk.pointAway();
  await desk.openRow('Juan');
  expect(await desk.composer.inputValue()).toBe('');
  await desk.composer.fill('para Juan');
  await desk.page.reload();
  await eventually(async () => expect(await desk.composer.inputValue()).toBe('para Juan'));
  await desk.openRow('Rosa');
  expect(await desk.composer.inputValue()).toBe('para Rosa');
});

it('who answers what somebody else has answered meanwhile is told first', async () => {
  const { desk, conversationId } = await before();
  await desk.thread.getByText('Hola').waitFor();
  // What comes is held up on its way to the screen, as it may be by a network.
  await desk.context.setOffline(true);
  await desk.composer.fill('Cuesta 100');
  await desk.composer.press('Enter');
  await desk.thread.getByText('Esperando conexión').waitFor();
  await desk.page.getByText('Sin conexión. 1 envío espera; saldrá al volver.').waitFor();
  await desk.shot('23-offline');
  await (await office().api('eva')).call(sendMessage, { conversationId, text: 'Cuesta 90' });
  await desk.context.setOffline(false);
  await desk.thread.getByText('eva respondió mientras escribías').waitFor();
  await desk.thread.getByText('Cuesta 90').waitFor();
  await desk.shot('24-overtaken');
  await desk.page.getByRole('button', { name: 'Enviar igual' }).click();
  await eventually(async () => expect(await desk.answers()).toEqual(['Cuesta 90', 'Cuesta 100']));
});
