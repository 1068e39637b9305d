import { eventually, startTestSystem, type TestSystem } from '@relevo/testing';
import { useOffice } from './support/use-office';

let system: TestSystem;
const office = useOffice({ system: async () => (system = await startTestSystem()) });

it('a gateway that is killed while an agent types and sends costs nothing: sent once, and said so meanwhile', async () => {
  const conversationId = await office().taken('Rosa');
  const desk = await office().signedIn('ana');
  await desk.openRow('Rosa');
  await desk.composer.fill('¿Sigue ahí?');
  await system.running.kill('gateway');
  await desk.composer.press('Enter');
  await desk.thread.getByText('Esperando conexión').waitFor();
  await desk.page.getByText(/^Sin conexión\./).waitFor();
  await system.running.restart('gateway');
  await eventually(async () => expect(await desk.answers()).toEqual(['¿Sigue ahí?']), 20_000);
  await eventually(async () => expect(await desk.page.getByText(/^Sin conexión\./).count()).toBe(0), 20_000);
  await eventually(async () => expect(await desk.thread.locator('[data-pending]').count()).toBe(0));
  await office().writes('Rosa', 'Sí, aquí estoy');
  await desk.thread.getByText('Sí, aquí estoy').waitFor();
  const timeline = (await (await office().api('ana')).send(`/conversations/${conversationId}/timeline?limit=100`, { method: 'GET' })) as { items: { data: { text?: string } }[] };
  expect(timeline.items.filter(({ data }) => data.text === '¿Sigue ahí?')).toHaveLength(1);
}, 90_000);
