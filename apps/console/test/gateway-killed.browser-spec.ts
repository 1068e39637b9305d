import { getTimeline, listConversations } from '@relevo/contracts';
import { eventually, startTestSystem, type TestSystem } from '@relevo/testing';
import { Shopper } from './support/shopper';
import { useOffice } from './support/use-office';

let system: TestSystem;
const office = useOffice({ system: async () => (system = await startTestSystem({ serviceEnv: { gateway: { DEMO_PAGE: 'true' } } })) });

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
  await eventually(async () => expect(await desk.answers()).toEqual(['¿Sigue ahí?']));
  await eventually(async () => expect(await desk.page.getByText(/^Sin conexión\./).count()).toBe(0));
  await eventually(async () => expect(await desk.thread.locator('[data-pending]').count()).toBe(0));
  await office().writes('Rosa', 'Sí, aquí estoy');
  await desk.thread.getByText('Sí, aquí estoy').waitFor();
  const timeline = (await (await office().api('ana')).send(`/conversations/${conversationId}/timeline?limit=100`, { method: 'GET' })) as { items: { data: { text?: string } }[] };
  expect(timeline.items.filter(({ data }) => data.text === '¿Sigue ahí?')).toHaveLength(1);
});

it('a gateway that is killed while a customer writes costs nothing: it says so, and the message arrives once', async () => {
  const shopper = new Shopper(await office().desk());
  await shopper.goto(office().channels.web.id);
  await shopper.writes('Hola');
  await shopper.chat.locator('[data-received]').waitFor();
  await shopper.composer.fill('¿Sigue ahí?');
  await system.running.kill('gateway');
  await shopper.composer.press('Enter');
  await shopper.chat.getByText('Se enviará al volver la conexión').waitFor();
  await shopper.desk.page.getByText('Sin conexión: lo que escriba se enviará al volver').waitFor();
  await shopper.desk.shot('76-demo-offline');
  // Not even a reload loses it, once there is a page to load.
  await system.running.restart('gateway');
  await shopper.desk.page.reload();
  await eventually(async () => expect(await shopper.texts()).toEqual(['Hola', '¿Sigue ahí?']));
  await eventually(async () => expect(await shopper.chat.locator('[data-pending]').count()).toBe(0));
  const ana = await office().api('ana');
  const { items } = await ana.call(listConversations, { tray: 'unassigned' });
  const timeline = await ana.call(getTimeline, { conversationId: items[0]!.id });
  expect(timeline.items.filter(({ data }) => 'text' in data).map(({ data }) => (data as { text: string }).text)).toEqual(['Hola', '¿Sigue ahí?']);
});
