import { transferConversation } from '@relevo/contracts';
import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';

const office = useOffice();

/** Somebody before a conversation of Ana's, where they write a note. */
async function noting(who: 'ana' | 'eva', conversationId: string, theme: 'light' | 'dark' = 'light'): Promise<Desk> {
  const desk = await office().signedIn(who, { theme }, `c/${conversationId}`);
  await desk.page.getByRole('tab', { name: 'Nota' }).click();
  return desk;
}

const offered = (desk: Desk): Promise<string[]> => desk.page.getByRole('option').locator('bdi').allInnerTexts();
const marked = (desk: Desk): Promise<string[]> => desk.page.locator('[data-mention-ground] mark').allInnerTexts();
const notes = (desk: Desk) => desk.thread.locator('[data-kind="note"]');

it('a note calls colleagues by their names, chosen with the keyboard, and each sees who is called', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await noting('ana', conversationId);
  await ana.composer.pressSequentially('Ojo, @');
  await eventually(async () => expect(await offered(ana)).toEqual(['beto', 'eva']));
  await ana.shot('51-mention-list');
  await ana.composer.press('ArrowDown');
  await ana.composer.press('Enter');
  expect(await ana.composer.inputValue()).toBe('Ojo, @eva ');
  await ana.composer.pressSequentially('y @BÉ');
  await eventually(async () => expect(await offered(ana)).toEqual(['beto']));
  await ana.composer.press('Tab');
  await ana.composer.pressSequentially(': es clienta de siempre');
  expect(await ana.composer.inputValue()).toBe('Ojo, @eva y @beto : es clienta de siempre');
  expect(await marked(ana)).toEqual(['@eva', '@beto']);
  await ana.page.getByText('Avisa a eva y beto').waitFor();
  await ana.shot('52-mention-composer');

  const beto = await office().signedIn('beto', { theme: 'dark' }, `c/${conversationId}`);
  await ana.composer.press('Enter');
  await notes(beto).locator('[data-mention="me"]').getByText('@beto').waitFor();
  await eventually(async () => expect(await notes(beto).locator('[data-mention="other"]').allInnerTexts()).toEqual(['@eva']));
  await eventually(async () => expect(await notes(ana).locator('[data-mention="other"]').allInnerTexts()).toEqual(['@eva', '@beto']));
  await beto.shot('53-mention-thread-dark');
  await ana.shot('54-mention-thread');
});

it('a list that Escape sent away stays away, and a name that was changed or taken out calls nobody', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await noting('ana', conversationId);
  await ana.composer.pressSequentially('@be');
  await eventually(async () => expect(await offered(ana)).toEqual(['beto']));
  await ana.composer.press('Escape');
  await ana.composer.pressSequentially('to');
  expect(await offered(ana)).toEqual([]);
  expect(await ana.composer.inputValue()).toBe('@beto');
  await ana.composer.fill('');
  await ana.composer.pressSequentially('@beto');
  await ana.composer.press('Enter');
  await ana.composer.pressSequentially('@ev');
  await ana.page.getByRole('option').click();
  expect(await marked(ana)).toEqual(['@beto', '@eva']);
  await ana.composer.fill('@betos y @eva miran');
  expect(await marked(ana)).toEqual(['@eva']);
  await ana.composer.press('Enter');
  // On its way it is shown already.
  await notes(ana).and(ana.page.locator(':not([data-pending] *)')).getByText('@eva').waitFor();
  const { items } = (await (await office().api('ana')).send(`/conversations/${conversationId}/timeline`, { method: 'GET' })) as { items: { type: string; data: object }[] };
  expect(items.find(({ type }) => type === 'note')?.data).toEqual({ text: '@betos y @eva miran', mentions: [office().agents.eva.id] });
});

it('whoever may not see the conversation is not offered; whoever no longer may is said, and the note stays whole', async () => {
  const conversationId = await office().taken('Rosa');
  const eva = await noting('eva', conversationId);
  await eva.composer.pressSequentially('Mira @ana');
  await eva.composer.press('Enter');
  await eva.composer.pressSequentially('esto');
  await eva.context.setOffline(true);
  await eva.composer.press('Enter');
  await (await office().api('ana')).call(transferConversation, { conversationId, teamId: office().teams.envios });
  await eva.context.setOffline(false);
  await eva.thread.getByText('ana no puede ver esta conversación').waitFor();
  await eva.thread.getByText('Tu nota no se guardó, y aquí sigue entera.').waitFor();
  await eva.shot('55-mention-refused');
  await eva.composer.pressSequentially('@');
  await eventually(async () => expect(await offered(eva)).toEqual(['beto']));
  await eva.composer.press('Escape');
  await eva.page.getByRole('button', { name: 'Guardar sin mencionar a ana' }).click();
  await eventually(async () => expect(await eva.thread.locator('[data-pending]').count()).toBe(0));
  await eventually(async () => expect(await notes(eva).locator('[class*="_text_"]').allInnerTexts()).toEqual(['Mira @ana esto']));
  expect(await notes(eva).locator('[data-mention]').count()).toBe(0);
});
