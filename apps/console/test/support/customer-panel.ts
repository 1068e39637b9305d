import { type AttributeDefinition, defineAttribute, getConversation, getCustomer } from '@relevo/contracts';
import type { Locator } from 'playwright-core';
import type { Desk, DeskOptions } from './desk';
import type { Office, Who } from './office';

type Wish = Partial<AttributeDefinition> & Pick<AttributeDefinition, 'key' | 'label'>;

/** What agents are to know of customers; text unless another type is wished. */
export async function define(office: Office, ...wishes: readonly Wish[]): Promise<void> {
  const eva = await office.api('eva');
  for (const wish of wishes) await eva.call(defineAttribute, { type: 'text', ...wish });
}

export interface Talk {
  readonly conversationId: string;
  readonly customerId: string;
}

/** A customer who writes, of whom the channel tells this. */
export async function talk(office: Office, name: string, attributes: Record<string, string> = {}, from = name): Promise<Talk> {
  const conversationId = await office.writes(name, 'Hola', { from, attributes });
  const { customer } = await (await office.api('eva')).call(getConversation, { conversationId });
  return { conversationId, customerId: customer.id };
}

/** The customer as the services keep them. */
export const stored = async (office: Office, { customerId }: Talk) => (await office.api('eva')).call(getCustomer, { customerId });

/** The customer's panel of the console, before an agent. */
export class PanelDesk {
  private constructor(readonly desk: Desk) {}

  /** At the customer's conversation. */
  static async open(office: Office, who: Who, { conversationId }: Talk, options: DeskOptions = {}): Promise<PanelDesk> {
    const desk = await office.signedIn(who, options);
    await desk.goto(`c/${conversationId}?tray=all`);
    await desk.live();
    const at = new PanelDesk(desk);
    // Where there is no room beside the conversation, it comes when it is asked for.
    if ((options.width ?? 1440) < 1280) await desk.page.getByRole('button', { name: 'Mostrar información del cliente' }).click();
    await at.panel.waitFor();
    return at;
  }

  get panel(): Locator {
    return this.desk.page.getByRole('group', { name: 'Cliente', exact: true });
  }

  /** `name`, or an attribute's key. */
  field(key: string): Locator {
    return this.panel.locator(`[data-field="${key === 'name' ? key : `attributes.${key}`}"]`);
  }

  input(label: string): Locator {
    return this.panel.getByLabel(label, { exact: true });
  }

  async edit(label: string): Promise<Locator> {
    await this.panel.getByRole('button', { name: `Editar ${label}` }).click();
    return this.input(label);
  }

  async add(label: string): Promise<Locator> {
    await this.panel.getByRole('button', { name: `Agregar ${label}` }).click();
    return this.input(label);
  }

  /** Enter, and the field is read again. */
  async save(input: Locator): Promise<void> {
    await input.press('Enter');
    await input.waitFor({ state: 'detached' });
  }

  async change(label: string, value: string): Promise<void> {
    const input = await this.edit(label);
    await input.fill(value);
    await this.save(input);
  }

  /** What can be done with the customer. */
  async actions(): Promise<string[]> {
    await this.panel.locator('[data-customer-actions]').click();
    await this.desk.page.getByRole('menuitem', { name: 'Unir con otro cliente…' }).waitFor();
    return this.desk.page.getByRole('menuitem').allInnerTexts();
  }

  async act(action: string): Promise<void> {
    await this.actions();
    await this.desk.page.getByRole('menuitem', { name: action }).click();
  }

  /** All that happened to the customer, unfolded. */
  async history(): Promise<Locator> {
    await this.panel.getByRole('button', { name: 'Historial de cambios' }).click();
    return this.panel.getByRole('region', { name: 'Historial de cambios' });
  }
}
