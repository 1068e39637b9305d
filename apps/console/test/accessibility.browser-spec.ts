import { AxeBuilder } from '@axe-core/playwright';
import { addNote, claimConversation, createTag, sendMessage } from '@relevo/contracts';
import { aMessage } from '@relevo/testing';
import type { Desk } from './support/desk';
import { type Office, Offices } from './support/office';

let offices: Offices;
let office: Office;

beforeAll(async () => {
  offices = await Offices.start();
  office = await offices.found();
  const [ana, eva] = [await offices.system.login(office.agents.ana), await offices.system.login(office.agents.eva)];
  const tag = await eva.call(createTag, { name: 'Urgente', color: '#c92a2a' });
  for (const name of ['Rosa Giménez', 'Juan Pérez']) {
    const { conversationId } = await offices.system.receive(office.channels.tienda, aMessage({ from: name, name, text: 'Hola, mi pedido no llega. https://example.com/pedido', attributes: { ciudad: 'Rosario' } }));
    await ana.call(claimConversation, { conversationId });
    await ana.call(sendMessage, { conversationId, text: 'Ya miro' });
    await ana.call(addNote, { conversationId, text: 'Llamó ayer' });
    await ana.send(`/conversations/${conversationId}/tags/${tag.id}`, { method: 'PUT' });
  }
  await offices.system.receive(office.channels.tienda, aMessage({ from: 'Marta', name: 'Marta', text: 'Hola' }));
}, 120_000);
afterEach(async () => expect(await offices.leave()).toEqual([]));
afterAll(() => offices?.stop());

/** WCAG 2.2 AA, as far as a program can tell. */
async function violations({ page }: Desk, without: string[] = []): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).disableRules(without).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.split('\n').at(1) ?? ''}`));
}

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it('the sign-in page has no violation', async () => {
    const desk = await offices.desk({ theme });
    await desk.goto();
    await desk.page.getByRole('button', { name: 'Entrar' }).click();
    await desk.shot(`41-login-${theme}`);
    expect(await violations(desk)).toEqual([]);
  });

  it('neither have the list, a conversation, the customer and their menus', async () => {
    const desk = await offices.signedIn(office.agents.ana, { theme }, '?tray=all');
    await desk.row('Marta').waitFor();
    expect(await violations(desk)).toEqual([]);
    await desk.openRow('Rosa Giménez');
    await desk.thread.getByText('Llamó ayer').waitFor();
    await desk.shot(`42-desk-${theme}`);
    expect(await violations(desk)).toEqual([]);
    await desk.page.getByRole('tab', { name: 'Nota' }).click();
    expect(await violations(desk)).toEqual([]);
    await desk.row('Rosa Giménez').locator('[data-actions]').click();
    await desk.page.getByRole('menuitem', { name: 'Devolver a la cola' }).waitFor();
    // A menu floats above the landmarks; who uses it comes from its button and goes back there.
    expect(await violations(desk, ['region'])).toEqual([]);
  });

  it('on a phone neither', async () => {
    const desk = await offices.signedIn(office.agents.ana, { theme, width: 390, height: 844 }, '?tray=all');
    await desk.row('Marta').waitFor();
    await desk.shot(`43-phone-list-${theme}`);
    expect(await violations(desk)).toEqual([]);
    await desk.openRow('Rosa Giménez');
    await desk.thread.getByText('Llamó ayer').waitFor();
    await desk.shot(`44-phone-thread-${theme}`);
    expect(await violations(desk)).toEqual([]);
  });
});
