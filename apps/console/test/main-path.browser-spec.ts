import { eventually } from '@relevo/testing';
import { useOffice } from './support/use-office';

const office = useOffice();

it('a customer writes, an agent takes it, answers and notes, and a colleague sees it as it happens', async () => {
  await office().writes('Rosa Giménez', '¡Hola! ¿Tienen la mesa de roble?');
  await office().writes('Juan Pérez', 'Mi pedido no llega');
  const ana = await office().signedIn('ana');
  await ana.page.getByText('No tienes conversaciones').waitFor();
  await ana.shot('01-empty');
  await ana.tray('Sin asignar');
  await ana.row('Rosa Giménez').waitFor();
  await ana.shot('02-unassigned');
  const beto = await office().signedIn('beto', {}, '?tray=unassigned');
  await beto.openRow('Rosa Giménez');
  await beto.shot('03-open-unclaimed');

  await ana.openRow('Rosa Giménez');
  await ana.thread.getByText('¿Tienen la mesa de roble?').waitFor();
  await ana.page.getByRole('button', { name: 'Tomar conversación' }).click();
  await ana.composer.fill('Sí, en dos medidas 🪑');
  await ana.composer.press('Enter');
  await ana.thread.getByText('Sí, en dos medidas 🪑').waitFor();
  await beto.thread.getByText('Sí, en dos medidas 🪑').waitFor();

  await ana.page.getByRole('tab', { name: 'Nota' }).click();
  await ana.page.getByLabel('Nota interna').fill('Pidió factura A');
  await ana.shot('04-note-mode');
  await ana.page.getByRole('button', { name: 'Guardar nota' }).click();
  await beto.thread.getByText('Pidió factura A').waitFor();
  await beto.shot('05-others');
  await ana.shot('06-mine');
  expect(await ana.composer.inputValue()).toBe('');
  await eventually(async () => expect(await beto.page.locator('[data-event="assigned"]').innerText()).toMatch(/ana tomó la conversación/));
});
