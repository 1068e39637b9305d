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
  // Rows above it are measured, and move it, once they are drawn.
  await eventually(async () => {
    const [place, frame] = [(await line.boundingBox())!, (await desk.thread.boundingBox())!];
    expect(place.y).toBeGreaterThanOrEqual(frame.y - 1);
    expect(place.y).toBeLessThan(frame.y + frame.height / 2);
  });
  await desk.shot('31-unread-line');
  await desk.row('Rosa').getByTitle(`24 ${unreadBadge}`).waitFor({ state: 'detached' });

  // What stands before the eye stays there while older entries come above it.
  await eventually(async () => {
    await desk.thread.evaluate((element) => element.scrollTo({ top: 0 }));
    expect(await desk.thread.getByText('Se abrió la conversación').isVisible()).toBe(true);
  });
  await office().writes('Rosa', 'la última');
  await desk.page.getByRole('button', { name: 'Ir al final' }).getByText('1 mensaje nuevo').waitFor();
  await desk.page.getByRole('button', { name: 'Ir al final' }).click();
  await desk.thread.getByText('la última').waitFor();
});

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

/** Of ten thousand entries one every ten minutes, in the time zone of the desk. */
const dayOf = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Argentina/Buenos_Aires' }).format(at);

it('goes to a day among ten thousand entries, stays there while more comes, and comes back to the newest', async () => {
  const conversationId = await office().taken('Rosa');
  const stored = await office().system.storedConversations();
  await stored.lengthen(conversationId, 10_000, 10 * 60_000);
  await stored.close();
  const ana = await office().api('ana');
  const entriesOf = async (query: string) => ((await ana.send(`/conversations/${conversationId}/timeline?${query}`, { method: 'GET' })) as { items: { seq: number; at: string }[] }).items;
  const day = dayOf(new Date(Date.now() - 40 * 24 * 3_600_000));
  const around = await entriesOf(`after=${10_000 - 41 * 144 - 40}&limit=100`);
  const wanted = around.concat(await entriesOf(`after=${around.at(-1)!.seq}&limit=100`)).find(({ at }) => dayOf(new Date(at)) === day)!;

  const desk = await office().signedIn('ana');
  const asked: string[] = [];
  desk.page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.endsWith('/timeline')) asked.push(search);
  });
  await desk.openRow('Rosa');
  await desk.thread.getByText('mensaje 10000', { exact: true }).waitFor();
  asked.length = 0;
  await desk.thread.focus();
  await desk.page.keyboard.press('f');
  await desk.page.getByLabel('Día').fill(day);
  await desk.shot('34-jump-to-day');
  await desk.page.keyboard.press('Enter');
  const first = desk.thread.getByText(`mensaje ${wanted.seq}`, { exact: true });
  await first.waitFor();
  const place = async (): Promise<number> => (await first.boundingBox())!.y;
  const frame = (await desk.thread.boundingBox())!;
  // There, and at rest: rows around it are measured once they are drawn.
  const before = await eventually(async () => {
    const at = await place();
    expect(at - frame.y).toBeLessThan(120);
    expect(at - frame.y).toBeGreaterThan(0);
    await desk.frames();
    expect(await place()).toBe(at);
    return at;
  });
  // One entry for each halving, and the pages around the day.
  expect(asked.filter((search) => search.includes('limit=1&') || search.endsWith('limit=1')).length).toBeLessThanOrEqual(14);
  expect(asked.length).toBeLessThanOrEqual(17);

  await office().writes('Rosa', 'llegó mientras leía');
  const toEnd = desk.page.getByRole('button', { name: 'Ir al final' });
  await toEnd.getByText('1 mensaje nuevo').waitFor();
  expect(await place()).toBe(before);
  await desk.shot('35-jumped');

  // On from there, page by page, nothing is left out and nothing runs away.
  for (const seq of [wanted.seq + 40, wanted.seq + 90]) {
    await eventually(async () => {
      await desk.thread.hover();
      await desk.page.mouse.wheel(0, 700);
      expect(await desk.thread.getByText(`mensaje ${seq}`, { exact: true }).isVisible()).toBe(true);
    });
  }
  await toEnd.click();
  await desk.thread.getByText('llegó mientras leía').waitFor();
  await desk.thread.getByText('mensaje 10000', { exact: true }).waitFor();
  await toEnd.waitFor({ state: 'detached' });
  await office().writes('Rosa', 'y otra vez al día');
  await desk.thread.getByText('y otra vez al día').waitFor();
});

it('what one sends from a day long ago is shown with the newest, on a phone too', async () => {
  const conversationId = await office().taken('Rosa');
  const stored = await office().system.storedConversations();
  await stored.lengthen(conversationId, 400, 60 * 60_000);
  await stored.close();
  const desk = await office().signedIn('ana', { width: 390, height: 780 });
  await desk.openRow('Rosa');
  await desk.thread.getByText('mensaje 400', { exact: true }).waitFor();
  await desk.page.getByRole('button', { name: 'Ir a una fecha' }).click();
  await desk.page.getByLabel('Día').fill(dayOf(new Date(Date.now() - 10 * 24 * 3_600_000)));
  await desk.shot('36-jump-phone');
  await desk.page.getByRole('button', { name: 'Ir', exact: true }).click();
  await desk.thread.getByText(/^mensaje 1[56]\d$/).first().waitFor();
  await desk.composer.fill('Ya lo encontré');
  await desk.composer.press('Enter');
  await desk.thread.getByText('Ya lo encontré').waitFor();
  await eventually(async () => expect(await desk.thread.locator('[data-pending]').count()).toBe(0));
  await desk.thread.getByText('mensaje 400', { exact: true }).waitFor();
});
