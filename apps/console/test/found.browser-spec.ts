import { addNote, getConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice();

const reached = (desk: Desk) => desk.thread.locator('[data-reached]');

const atOf = (desk: Desk): string | null => new URL(desk.page.url()).searchParams.get('at');

/** A conversation of Ana's that goes on long after its first message. */
async function long(name: string, first: string, length: number): Promise<string> {
  const conversationId = await office().taken(name, first);
  const stored = await office().system.storedConversations();
  await stored.lengthen(conversationId, length, 10 * 60_000);
  await stored.close();
  return conversationId;
}

const unreadOf = async (conversationId: string): Promise<number> => (await (await office().api('ana')).call(getConversation, { conversationId })).unread.count;

/** Half of it at least is before the eye. */
async function isInView(desk: Desk, text: string): Promise<boolean> {
  const [said, frame] = [await desk.thread.getByText(text, { exact: true }).boundingBox(), (await desk.thread.boundingBox())!];
  return said !== null && said.y + said.height / 2 > frame.y && said.y + said.height / 2 < frame.y + frame.height;
}

it('a row opens at the message that a search found, far back: it stands out, is announced, and nothing is read before the end is seen', async () => {
  const conversationId = await long('Rosa', 'Llegó el camión', 10_000);
  const unread = await unreadOf(conversationId);
  expect(unread).toBeGreaterThan(0);
  const desk = await office().signedIn('ana', {}, '?tray=mine&q=camion');
  const asked: string[] = [];
  desk.page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.endsWith('/timeline')) asked.push(search);
  });
  await desk.row('Rosa').locator('mark').waitFor();
  await desk.openRow('Rosa');
  await reached(desk).getByText('Llegó el camión', { exact: true }).waitFor();
  await eventually(async () => expect(await isInView(desk, 'Llegó el camión')).toBe(true));
  expect(atOf(desk)).toBe('2');
  expect(asked.length).toBe(1);
  await desk.page.locator('[data-reached-words]').filter({ hasText: /^Ahora a la vista, .+: Rosa: Llegó el camión$/ }).waitFor({ state: 'attached' });
  // Where one writes, as ever.
  expect(await desk.composer.evaluate((field) => field === document.activeElement)).toBe(true);
  await desk.shot('search-reached');
  await reached(desk).waitFor({ state: 'detached' });
  expect(await isInView(desk, 'Llegó el camión')).toBe(true);
  expect(await unreadOf(conversationId)).toBe(unread);

  // Gone from, it is there again when it is chosen again, and for whoever gets the address.
  await desk.page.getByRole('button', { name: 'Ir al final' }).click();
  await eventually(async () => expect(await isInView(desk, 'mensaje 10000')).toBe(true));
  await eventually(async () => expect(await unreadOf(conversationId)).toBe(0));
  await desk.openRow('Rosa');
  await reached(desk).getByText('Llegó el camión', { exact: true }).waitFor();
  const eva = await office().signedIn('eva', {}, `c/${conversationId}?at=2`);
  await reached(eva).getByText('Llegó el camión', { exact: true }).waitFor();
  expect(atOf(eva)).toBe('2');
});

it('what follows what was found is not read by being at hand, but when one comes down to it', async () => {
  const conversationId = await office().taken('Rosa', 'Llegó el camión');
  for (let index = 1; index <= 12; index++) await office().writes('Rosa', `Y otra cosa ${index}\n\n\n\n¿me oye?`);
  const desk = await office().signedIn('ana', {}, '?tray=mine&q=camion');
  await desk.row('Rosa').locator('mark').waitFor();
  await desk.openRow('Rosa');
  await reached(desk).getByText('Llegó el camión', { exact: true }).waitFor();
  await reached(desk).waitFor({ state: 'detached' });
  expect(await unreadOf(conversationId)).toBe(13);
  await desk.thread.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await eventually(async () => expect(await unreadOf(conversationId)).toBe(0));
});

it('an address goes to an entry among ten thousand, on from there nothing is left out; one that there is not is the end', async () => {
  const conversationId = await long('Rosa', 'Hola', 10_000);
  const desk = await office().signedIn('ana', {}, `c/${conversationId}?at=5000`);
  await reached(desk).getByText('mensaje 5000', { exact: true }).waitFor();
  await eventually(async () => expect(await isInView(desk, 'mensaje 5000')).toBe(true));
  await eventually(async () => {
    await desk.thread.hover();
    await desk.page.mouse.wheel(0, 700);
    expect(await desk.thread.getByText('mensaje 5060', { exact: true }).isVisible()).toBe(true);
  });
  expect(await unreadOf(conversationId)).toBe(1);

  const other = await office().signedIn('ana', {}, `c/${conversationId}?at=10100`);
  await eventually(async () => expect(await isInView(other, 'mensaje 10000')).toBe(true));
  await eventually(async () => expect(await unreadOf(conversationId)).toBe(0));
  expect(await reached(other).count()).toBe(0);
});

it('what is found in a note, or is all before the eye, stands out too; it is read, and other conversations open as ever', async () => {
  const conversationId = await office().taken('Rosa', 'Llegó el camión');
  await (await office().api('beto')).call(addNote, { conversationId: await office().taken('Juan', 'Buenas'), text: 'Le debemos un camión entero' });
  await office().taken('Marta', 'Hola');
  const desk = await office().signedIn('ana', {}, '?tray=mine&q=camion');
  await eventually(async () => expect((await desk.names()).toSorted()).toEqual(['Juan', 'Rosa']));
  await desk.openRow('Rosa');
  await reached(desk).getByText('Llegó el camión').waitFor();
  await eventually(async () => expect(await unreadOf(conversationId)).toBe(0));
  await desk.openRow('Juan');
  await reached(desk).locator('[data-kind="note"]').getByText('Le debemos un camión entero').waitFor();
  await desk.page.locator('[data-reached-words]').filter({ hasText: 'Nota interna, beto: Le debemos un camión entero' }).waitFor({ state: 'attached' });
  const at = atOf(desk);
  await desk.page.locator('#list input[type="search"]').fill('');
  await desk.row('Marta').waitFor();
  // What the list shows is another matter than where one is.
  expect(atOf(desk)).toBe(at);
  await desk.openRow('Marta');
  await desk.thread.getByText('Hola').waitFor();
  expect([atOf(desk), await reached(desk).count()]).toEqual([null, 0]);
});

it('what stands out is legible, by night, on a phone, and where nothing is to move', async () => {
  const conversationId = await office().taken('Rosa', 'Llegó el camión');
  for (const [name, options] of Object.entries({ day: {}, night: { theme: 'dark' }, phone: { theme: 'dark', width: 390, height: 844 } } as const)) {
    const desk = await office().signedIn('ana', options);
    await desk.page.emulateMedia({ reducedMotion: 'reduce' });
    await desk.goto(`c/${conversationId}?at=3`);
    await reached(desk).getByText('Tomaste la conversación').waitFor();
    expect(await reached(desk).evaluate((element) => getComputedStyle(element, '::before').opacity)).toBe('1');
    await desk.shot(`search-reached-${name}`);
    expect(await violations(desk, { within: '#thread' })).toEqual([]);
  }
});
