import { createTag, getConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';

const office = useOffice();

/** More than any screen has to pass. */
const stops = 80;

/**
 * What has the focus: its name, and whether that shows, on itself or on what is drawn in place of a box that cannot be seen.
 * A field that is written in shows it by its caret.
 */
const focused = ({ page }: Desk) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isShown: true };
    const isOutlined = (drawn: Element | null): boolean => {
      if (drawn === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    };
    const isWritten = element.matches('textarea, input:not([type="radio"], [type="checkbox"])');
    const label = element.id === '' ? null : document.querySelector(`label[for="${element.id}"]`);
    return {
      name: element.getAttribute('aria-label') ?? label?.textContent ?? element.innerText,
      isShown: isWritten || (element.matches(':focus-visible') && (isOutlined(element) || isOutlined(element.nextElementSibling))),
    };
  });

/** By Tab alone, as far as it takes; wherever one passes, it shows. */
async function tabTo(desk: Desk, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < stops; stop++) {
    await desk.page.keyboard.press('Tab');
    const at = await focused(desk);
    passed.push(at.name);
    expect(at).toEqual({ name: at.name, isShown: true });
    if (name.test(at.name)) return;
  }
  throw new Error(`No Tab leads to ${String(name)}: ${passed.join(' | ')}`);
}

it('signs in, claims, answers, notes, tags, transfers, takes back and closes with the keyboard alone, and sees where it is', async () => {
  const eva = await office().api('eva');
  await eva.call(createTag, { name: 'Urgente', color: '#c92a2a' });
  const conversationId = await office().writes('Rosa', '¿Llega hoy?');
  const state = () => eva.call(getConversation, { conversationId });
  const beto = await office().signedIn('beto');
  await beto.page.getByText('No tienes conversaciones').waitFor();

  const desk = await office().desk();
  const { keyboard } = desk.page;
  await desk.goto();
  await desk.page.getByRole('button', { name: 'Entrar' }).waitFor();
  const at = await focused(desk);
  if (!/Correo/.test(at.name)) await tabTo(desk, /Correo/);
  await keyboard.type(office().agents.ana.email);
  await tabTo(desk, /^Contraseña/);
  await keyboard.type(office().agents.ana.password);
  await keyboard.press('Enter');
  await desk.page.getByText('No tienes conversaciones').waitFor();

  await tabTo(desk, /^Sin asignar/);
  await keyboard.press('Enter');
  await desk.row('Rosa').waitFor();
  await tabTo(desk, /Rosa[\s\S]*¿Llega hoy\?/);
  await keyboard.press('t');
  await eventually(async () => expect(await state()).toMatchObject({ assigneeId: office().agents.ana.id }));

  await tabTo(desk, /^Yo/);
  await keyboard.press('Enter');
  await desk.row('Rosa').waitFor();
  await keyboard.press('j');
  await desk.composer.waitFor();
  await keyboard.press('r');
  await keyboard.type('Sí, a la tarde.');
  await keyboard.press('Enter');
  await eventually(async () => expect(await desk.answers()).toEqual(['Sí, a la tarde.']));

  await keyboard.press('Escape');
  await keyboard.press('n');
  await keyboard.type('Vive en el segundo piso');
  await keyboard.press('Enter');
  await desk.thread.locator('[data-kind="note"]').getByText('Vive en el segundo piso').waitFor();
  await keyboard.press('Escape');

  await tabTo(desk, /^Acciones.*Rosa/);
  await keyboard.press('Enter');
  await desk.page.locator('[role="menuitem"]:focus').waitFor();
  // Upwards from the first is the last.
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowRight');
  await desk.page.locator('[role="menuitemcheckbox"]:focus', { hasText: 'Urgente' }).waitFor();
  await keyboard.press('Enter');
  await eventually(async () => expect((await state()).tagIds).toHaveLength(1));
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await desk.noMenu();

  await keyboard.press('d');
  await desk.page.getByRole('dialog', { name: /^Derivar/ }).waitFor();
  await desk.focusIn('dialog');
  await keyboard.type('bet');
  await keyboard.press('Enter');
  await keyboard.type('Pide por la tarde');
  await keyboard.press('Enter');
  await beto.row('Rosa').waitFor();
  await desk.page.getByRole('dialog', { name: /^Derivar/ }).waitFor({ state: 'detached' });
  await desk.page.locator('[data-undo]').waitFor();
  await keyboard.press('z');
  await desk.row('Rosa').waitFor();
  await eventually(async () => expect(await state()).toMatchObject({ assigneeId: office().agents.ana.id }));

  await keyboard.press('c');
  await eventually(async () => expect(await state()).toMatchObject({ status: 'closed' }));
  await desk.shot('83-keyboard');
});

it('whoever takes what the keys opened writes at once, and it is read', async () => {
  const conversationId = await office().writes('Rosa', '¿Llega hoy?');
  const desk = await office().signedIn('ana');
  await desk.tray('Sin asignar');
  await desk.row('Rosa').waitFor();
  await desk.page.keyboard.press('j');
  await desk.page.getByText('Tómala para responder').waitFor();
  await desk.page.keyboard.press('c');
  await desk.page.getByText('Antes de «Cerrar» hay que tomar la conversación').waitFor();
  await desk.page.keyboard.press('t');
  await desk.page.locator('textarea:focus').waitFor();
  const ana = await office().api('ana');
  await eventually(async () => expect(await ana.call(getConversation, { conversationId })).toMatchObject({ assigneeId: office().agents.ana.id, unread: { count: 0 } }));
  await desk.page.keyboard.type('Con gusto');
  expect(await desk.composer.inputValue()).toBe('Con gusto');
});

it('a key acts on what is open as it stands, though a pointer holds its row as it stood', async () => {
  const conversationId = await office().writes('Rosa', '¿Llega hoy?');
  const desk = await office().signedIn('ana');
  await desk.tray('Sin asignar');
  await desk.openRow('Rosa');
  await desk.page.keyboard.press('t');
  await desk.page.locator('textarea:focus').waitFor();
  await desk.row('Rosa').waitFor();
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('c');
  const ana = await office().api('ana');
  await eventually(async () => expect(await ana.call(getConversation, { conversationId })).toMatchObject({ status: 'closed' }));
});

it('keys act on what the last of them went to, though it is not drawn yet', async () => {
  const [rosa, juan] = [await office().taken('Rosa'), await office().taken('Juan')];
  const desk = await office().signedIn('ana', {}, '?tray=mine&sort=assigned');
  await desk.openRow('Rosa');
  await desk.page.keyboard.press('Escape');
  await desk.page.evaluate(() => {
    for (const key of ['j', 'c']) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
  const eva = await office().api('eva');
  await eventually(async () => expect(await eva.call(getConversation, { conversationId: juan })).toMatchObject({ status: 'closed' }));
  expect(await eva.call(getConversation, { conversationId: rosa })).toMatchObject({ status: 'active' });
});

it('Escape puts away what came over a narrow screen, and first what is open within it', async () => {
  await office().taken('Rosa');
  const desk = await office().signedIn('ana', { width: 390, height: 844 });
  await desk.page.getByRole('button', { name: 'Abrir bandejas y filtros' }).click();
  const trays = desk.page.getByRole('dialog', { name: 'Bandejas y filtros' });
  await trays.waitFor();
  await desk.focusIn('dialog');
  await desk.page.keyboard.press('Escape');
  await trays.waitFor({ state: 'detached' });

  await desk.openRow('Rosa');
  await desk.page.getByRole('button', { name: 'Mostrar información del cliente' }).click();
  const customer = desk.page.getByRole('dialog', { name: 'Información del cliente' });
  const actions = customer.getByRole('button', { name: 'Acciones del cliente Rosa' });
  await actions.click();
  await desk.focusIn('menu');
  // Before the menu has taken the focus, the key is not the pane's either.
  await actions.press('Escape');
  await desk.page.getByRole('menuitem').first().focus();
  await desk.page.keyboard.press('Escape');
  await desk.noMenu();
  await customer.waitFor();
  await desk.focusIn('dialog');
  await desk.page.keyboard.press('Escape');
  await customer.waitFor({ state: 'detached' });
});
