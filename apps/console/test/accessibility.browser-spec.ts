import { addNote, createTag, sendMessage } from '@relevo/contracts';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice({
  furnish: async (office) => {
    const [ana, eva] = [await office.api('ana'), await office.api('eva')];
    const tag = await eva.call(createTag, { name: 'Urgente', color: '#c92a2a' });
    for (const name of ['Rosa Giménez', 'Juan Pérez']) {
      const conversationId = await office.taken(name, 'Hola, mi pedido no llega. https://example.com/pedido', { attributes: { ciudad: 'Rosario' } });
      await ana.call(sendMessage, { conversationId, text: 'Ya miro' });
      await ana.call(addNote, { conversationId, text: 'Llamó ayer' });
      await ana.send(`/conversations/${conversationId}/tags/${tag.id}`, { method: 'PUT' });
    }
    await office.writes('Marta');
  },
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it('the sign-in page has no violation', async () => {
    const desk = await office().desk({ theme });
    await desk.goto();
    await desk.page.getByRole('button', { name: 'Entrar' }).click();
    await desk.shot(`41-login-${theme}`);
    expect(await violations(desk)).toEqual([]);
  });

  it('neither have the list, a conversation, the customer and their menus', async () => {
    const desk = await office().signedIn('ana', { theme }, '?tray=all');
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
    expect(await violations(desk, { without: ['region'] })).toEqual([]);
  });

  it('on a phone neither', async () => {
    const desk = await office().signedIn('ana', { theme, width: 390, height: 844 }, '?tray=all');
    await desk.row('Marta').waitFor();
    await desk.shot(`43-phone-list-${theme}`);
    expect(await violations(desk)).toEqual([]);
    await desk.openRow('Rosa Giménez');
    await desk.thread.getByText('Llamó ayer').waitFor();
    await desk.shot(`44-phone-thread-${theme}`);
    expect(await violations(desk)).toEqual([]);
  });
});
