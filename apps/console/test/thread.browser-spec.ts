import { addNote, markConversationRead, sendMessage } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import { useOffice } from './support/use-office';

const office = useOffice();

const unreadBadge = 'mensajes sin leer';

it('opens where reading left off, loads what came before, and is read once it is open', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await office().api('ana');
  for (let index = 1; index <= 70; index++) await office().writes('Rosa', `antes ${index}`);
  const { entry } = await ana.call(addNote, { conversationId, text: 'hasta acá leí' });
  await ana.call(markConversationRead, { conversationId, upToSeq: entry!.seq });
  for (let index = 1; index <= 24; index++) await office().writes('Rosa', `después ${index}`);

  const desk = await office().signedIn('ana');
  await desk.row('Rosa').getByTitle(`24 ${unreadBadge}`).waitFor();
  await desk.openRow('Rosa');
  const line = desk.thread.locator('[data-unread-line]');
  await line.waitFor();
  await desk.thread.getByText('después 1', { exact: true }).waitFor();
  const place = (await line.boundingBox())!;
  const frame = (await desk.thread.boundingBox())!;
  expect(place.y).toBeGreaterThanOrEqual(frame.y - 1);
  expect(place.y).toBeLessThan(frame.y + frame.height / 2);
  await desk.shot('31-unread-line');
  await desk.row('Rosa').getByTitle(`24 ${unreadBadge}`).waitFor({ state: 'detached' });

  // What stands before the eye stays there while older entries come above it.
  await desk.thread.evaluate((element) => element.scrollTo({ top: 0 }));
  await desk.thread.getByText('antes 1', { exact: true }).waitFor({ state: 'attached' });
  await eventually(async () => {
    await desk.thread.evaluate((element) => element.scrollTo({ top: 0 }));
    expect(await desk.thread.getByText('Se abrió la conversación').isVisible()).toBe(true);
  });
  await office().writes('Rosa', 'la última');
  await desk.page.getByRole('button', { name: 'Ir al final' }).getByText('1 mensaje nuevo').waitFor();
  await desk.page.getByRole('button', { name: 'Ir al final' }).click();
  await desk.thread.getByText('la última').waitFor();
}, 120_000);

it('shows ticks of what was delivered, and events in words', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await office().api('ana');
  await ana.call(sendMessage, { conversationId, text: 'Sale hoy' });
  await ana.call(addNote, { conversationId, text: 'Es clienta de siempre' });
  const desk = await office().signedIn('ana');
  await desk.openRow('Rosa');
  await desk.thread.getByRole('img', { name: 'Enviado' }).waitFor();
  await desk.thread.getByText('Tomaste la conversación').waitFor();
  const note = desk.thread.locator('[data-kind="note"]');
  await note.getByText('El cliente no la ve').waitFor();
  const ground = (kind: string) => desk.thread.locator(`[data-kind="${kind}"] [class*="_bubble_"]`).last().evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await ground('note')).not.toBe(await ground('message'));
  await (await office().api('eva')).send(`/conversations/${conversationId}/transfer`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ agentId: office().agents.beto.id, force: true, note: 'Sabe de envíos' }) });
  await desk.thread.getByText('eva la derivó a beto').waitFor();
  await desk.thread.getByText('Sabe de envíos').waitFor();
  await desk.shot('32-events');
});

it('says who is writing, and what hostile people write does nothing', async () => {
  const attack = '<img src=x onerror="window.owned=1"><script>window.owned=1</script> javascript:alert(1) https://example.com/?a=<b> {{agentName}} \u202Egnp.exe';
  const conversationId = await office().taken('<b>Rosa</b>"><script>window.owned=1</script>', attack);
  const [ana, beto] = [await office().signedIn('ana'), await office().signedIn('beto', {}, `c/${conversationId}`)];
  await ana.rows.first().getByRole('link').click();
  await ana.thread.getByText('javascript:alert(1)').waitFor();
  expect(await ana.thread.getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))).toEqual(['https://example.com/?a=']);
  expect(await ana.page.evaluate(() => 'owned' in window)).toBe(false);
  expect(await ana.page.locator('[data-thread] img, [data-thread] b, [data-thread] script').count()).toBe(0);
  await ana.composer.pressSequentially('Un mom');
  await beto.page.getByText('ana está escribiendo…').waitFor();
  await ana.shot('33-hostile');
});
