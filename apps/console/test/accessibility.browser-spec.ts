import { addNote, createTag, sendMessage } from '@relevo/contracts';
import type { Locator } from 'playwright-core';
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
    expect(await violations(desk)).toEqual([]);
  });

  it('nor has what opens above them', async () => {
    const desk = await office().signedIn('ana', { theme }, '?tray=all');
    await desk.openRow('Rosa Giménez');
    const { page } = desk;
    const shows = async (found: Locator): Promise<void> => {
      await found.waitFor();
      expect(await violations(desk)).toEqual([]);
      await page.keyboard.press('Escape');
    };
    await page.getByRole('button', { name: 'Ordenar' }).click();
    await shows(page.getByRole('menuitem', { name: 'Por actividad' }));
    await page.getByRole('combobox', { name: 'Etiqueta' }).click();
    await shows(page.getByRole('option', { name: 'Urgente' }));
    await page.getByRole('button', { name: /^Tu cuenta/ }).click();
    await page.getByRole('menuitem', { name: 'Idioma' }).click();
    await shows(page.getByRole('menuitemradio', { name: 'Português' }));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Insertar emoji' }).click();
    await shows(page.getByRole('gridcell').first());
  });

  it('nor a screen with nothing in it', async () => {
    const desk = await office().signedIn('ana', { theme }, '?tray=bot');
    await desk.page.getByText('El bot no está atendiendo a nadie').waitFor();
    expect(await violations(desk)).toEqual([]);
  });

  it('nor has what is opened over them: colleagues to mention, a day to go to, what to be told of', async () => {
    const desk = await office().signedIn('ana', { theme }, '?tray=all');
    await desk.openRow('Rosa Giménez');
    await desk.page.getByRole('tab', { name: 'Nota' }).click();
    await desk.composer.pressSequentially('@be');
    await desk.page.getByRole('option').waitFor();
    expect(await violations(desk)).toEqual([]);
    await desk.composer.press('Enter');
    await desk.composer.press('Enter');
    await desk.thread.locator('[data-mention]').last().waitFor();
    expect(await violations(desk)).toEqual([]);
    await desk.page.getByRole('button', { name: 'Ir a una fecha' }).click();
    await desk.page.getByLabel('Día').waitFor();
    expect(await violations(desk)).toEqual([]);
    await desk.page.keyboard.press('Escape');
    await desk.page.getByRole('button', { name: /^Tu cuenta/ }).click();
    await desk.page.getByRole('menuitem', { name: 'Avisos' }).click();
    await desk.page.getByRole('menuitemcheckbox', { name: 'Con un sonido' }).waitFor();
    await desk.shot(`45-notifications-menu-${theme}`);
    expect(await violations(desk)).toEqual([]);
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
    await desk.page.getByRole('button', { name: 'Mostrar información del cliente' }).click();
    await desk.page.getByRole('dialog').waitFor();
    expect(await violations(desk)).toEqual([]);
  });
});
