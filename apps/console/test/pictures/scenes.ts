import type { DemoFile } from '@relevo/testing';
import type { Desk } from '../support/desk';
import { Shopper } from '../support/shopper';
import type { Size } from './gallery';
import { everythingCame } from './take';

/** One screen of the product, as the demo's data fill it. */
export interface Scene {
  readonly name: string;
  /** What is to be seen, for the page of all pictures. */
  readonly caption: string;
  /** Where it begins: signed in at this address of the console; null, nobody is signed in. */
  readonly at: ((idOf: (customer: string) => string, size: Size) => string) | null;
  /** Where there is no room for it. */
  readonly notOnPhones?: true;
  /** Brings the screen there. */
  arrange?(desk: Desk, demo: DemoFile): Promise<void>;
  /** Leaves everything as it was. */
  restore?(desk: Desk): Promise<void>;
}

const customer = 'Beatriz Quinteros';
const all = '?tray=all&sort=activity';

const list = (params: string) => () => params;
const open = (name = customer, params = all) => (idOf: (customer: string) => string) => `c/${idOf(name)}${params}`;

async function opened(desk: Desk): Promise<void> {
  await desk.thread.locator('[data-kind="message"]').first().waitFor();
  await desk.pointAway();
}

async function composing(desk: Desk): Promise<void> {
  await opened(desk);
  await desk.composer.waitFor();
}

async function closedOne(desk: Desk): Promise<void> {
  await desk.page.getByText('Conversación cerrada', { exact: true }).waitFor();
  await desk.page.locator('header').getByText('Posventa').waitFor();
  await desk.pointAway();
}

async function showCustomer(desk: Desk): Promise<void> {
  await opened(desk);
  const show = desk.page.getByRole('button', { name: 'Mostrar información del cliente' });
  if (await show.isVisible()) await show.click();
  await desk.page.getByText('Paraná').first().waitFor();
}

const dialogIn = ({ page }: Desk) => page.getByRole('dialog');

export const scenes: readonly Scene[] = [
  { name: 'sign-in', caption: 'Signing in', at: null, arrange: async (desk) => desk.page.getByRole('button', { name: 'Entrar' }).waitFor() },
  { name: 'list', caption: 'The list, longest waiting first, with nothing open', at: list('?tray=all&sort=waiting'), arrange: async (desk) => desk.rows.first().waitFor() },
  { name: 'desk', caption: 'Trays, list, conversation and customer', at: open(), arrange: opened },
  {
    name: 'actions',
    caption: 'What can be done with a conversation, from the icon beside it',
    at: list('?tray=mine&sort=waiting'),
    arrange: async (desk) => {
      await desk.row(customer).locator('[data-actions]').click();
      await desk.page.getByRole('menuitem', { name: 'Etiquetas' }).waitFor();
    },
  },
  {
    name: 'quick-replies',
    caption: 'Quick replies, by a slash',
    at: open(),
    arrange: async (desk) => {
      await composing(desk);
      await desk.composer.pressSequentially('/');
      await desk.page.getByRole('option').first().waitFor();
    },
    restore: (desk) => desk.composer.fill(''),
  },
  {
    name: 'emoji',
    caption: 'Emoji, found by their names',
    at: open(),
    arrange: async (desk) => {
      await composing(desk);
      await desk.page.getByRole('button', { name: 'Insertar emoji' }).click();
      await desk.page.getByRole('gridcell').first().waitFor();
    },
  },
  {
    name: 'note',
    caption: 'A note: another colour, another button, and never to the customer',
    at: open(),
    arrange: async (desk) => {
      await composing(desk);
      await desk.page.getByRole('tab', { name: 'Nota' }).click();
      await desk.composer.fill('Prefiere que la llamen después de las 18. Le pasé el presupuesto con envío.');
    },
    restore: (desk) => desk.composer.fill(''),
  },
  {
    name: 'files',
    caption: 'Pictures, documents and voice messages',
    at: open('Sofía Barrios'),
    arrange: async (desk) => {
      await composing(desk);
      await desk.thread.locator('[data-audio="Mensaje de voz"]').waitFor();
    },
  },
  {
    name: 'recording',
    caption: 'A voice message being recorded',
    at: open('Sofía Barrios'),
    arrange: async (desk) => {
      await composing(desk);
      await desk.page.getByRole('button', { name: 'Grabar mensaje de voz' }).click();
      await desk.page.getByRole('group', { name: 'Mensaje de voz' }).getByText('0:02').waitFor();
    },
    restore: (desk) => desk.page.getByRole('button', { name: 'Descartar la grabación' }).click(),
  },
  {
    name: 'transfer',
    caption: 'A transfer, to agents and teams as they stand',
    at: open(),
    arrange: async (desk) => {
      await composing(desk);
      await desk.page.keyboard.press('Escape');
      await desk.page.keyboard.press('d');
      await dialogIn(desk).getByRole('option').first().waitFor();
    },
  },
  {
    name: 'undo',
    caption: 'A close, and ten seconds to take it back',
    // Another one for each size: what was taken back stays in a conversation.
    at: (idOf, size) => open({ desktop: 'Club Náutico del Sur', laptop: 'Leandro Bustos', phone: 'Óscar Benítez' }[size])(idOf),
    arrange: async (desk) => {
      await opened(desk);
      await desk.page.locator('header').getByRole('button', { name: 'Cerrar', exact: true }).click();
      await desk.page.locator('[data-undo]').waitFor();
    },
    restore: async (desk) => {
      await desk.page.locator('[data-undo]').getByRole('button', { name: 'Deshacer' }).click();
      await desk.page.locator('[data-undo]').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'closed',
    caption: 'Closed conversations: history, to be read and tagged',
    at: open('Susana Aguirre', '?tray=all&status=closed&sort=activity'),
    arrange: closedOne,
  },
  {
    name: 'outbound',
    caption: 'From a closed conversation its customer is written to, and the next one begins',
    at: open('Susana Aguirre', '?tray=all&status=closed&sort=activity'),
    arrange: async (desk) => {
      await closedOne(desk);
      await desk.page.locator('#thread').getByRole('button', { name: 'Escribirle' }).click();
      await desk.composer.fill('Hola Susana, ¿pudo pasar por la sucursal?');
    },
    restore: (desk) => desk.composer.fill(''),
  },
  {
    name: 'offline',
    caption: 'No connection: what is written waits, and goes when it is back',
    at: open(),
    arrange: async (desk) => {
      await opened(desk);
      await everythingCame(desk.page);
      await desk.context.setOffline(true);
      await desk.page.getByText(/^Sin conexión/).waitFor();
    },
    restore: async (desk) => {
      await desk.context.setOffline(false);
      await desk.page.getByText(/^Sin conexión/).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'shortcuts',
    caption: 'Shortcuts, and their switch',
    at: list(all),
    notOnPhones: true,
    arrange: async (desk) => {
      await desk.rows.first().waitFor();
      await desk.page.keyboard.press('?');
      await dialogIn(desk).getByText('Escribir una nota').waitFor();
    },
  },
  { name: 'empty', caption: 'Nothing waits', at: list('?tray=bot&closing=1'), arrange: async (desk) => desk.page.getByText('Nada coincide con los filtros').waitFor() },
  {
    name: 'trays',
    caption: 'Trays and filters, narrowed to a tag, active and closed',
    at: list('?tray=all&status=all&sort=activity'),
    arrange: async (desk) => {
      await desk.rows.first().waitFor();
      const button = desk.page.getByRole('button', { name: 'Abrir bandejas y filtros' });
      if (await button.isVisible()) await button.click();
      await desk.page.getByRole('navigation', { name: 'Bandejas' }).waitFor();
    },
  },
  {
    name: 'customer',
    caption: 'The customer: what the bot and channels gathered, and other conversations',
    at: open(),
    arrange: showCustomer,
  },
  {
    name: 'editing',
    caption: "A customer's datum, edited in its place",
    at: open(),
    arrange: async (desk) => {
      await showCustomer(desk);
      await desk.page.locator('[data-field="attributes.ciudad"]').getByText('Paraná').click();
      await desk.page.getByRole('textbox', { name: 'Ciudad' }).fill('Santa Fe');
    },
    restore: (desk) => desk.page.getByRole('textbox', { name: 'Ciudad' }).press('Escape'),
  },
  {
    name: 'history',
    caption: 'What was changed of a customer, by whom, and the way back',
    at: open(),
    arrange: async (desk) => {
      await showCustomer(desk);
      await desk.page.getByRole('button', { name: 'Historial de cambios' }).click();
      await desk.page.getByRole('button', { name: 'Revertir' }).first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'demo',
    caption: 'Where one plays a customer',
    at: null,
    arrange: async (desk, { channels }) => {
      const shopper = new Shopper(desk);
      await shopper.goto(channels.findLast(({ kind }) => kind === 'webchat')?.id);
      await desk.page.getByText('En línea').waitFor();
      await shopper.writes('Hola, ¿hacen envíos a Rosario?');
      await shopper.chat.locator('[data-received]').waitFor();
    },
  },
];
