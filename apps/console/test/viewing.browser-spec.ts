import { eventually } from '@relevo/testing';
import type { Desk } from './support/desk';
import { useOffice } from './support/use-office';
import { violations } from './support/violations';

const office = useOffice();

/** What is said of who else looks; null when nobody does. */
const said = ({ page }: Desk): Promise<string | null> => page.locator('[data-viewers]').evaluateAll(([viewers]) => viewers?.getAttribute('aria-label') ?? null);
const says = (desk: Desk, words: string | null): Promise<void> => eventually(async () => expect(await said(desk)).toBe(words));

it('an agent who has a conversation open sees which colleagues have it open too, and who of them writes a reply', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await office().signedIn('ana', {}, `c/${conversationId}`);
  await ana.composer.waitFor();
  expect(await said(ana)).toBeNull();

  const eva = await office().signedIn('eva', { theme: 'dark' }, `c/${conversationId}`);
  await says(ana, 'eva también lo está viendo');
  await says(eva, 'ana también lo está viendo');
  await eva.composer.pressSequentially('Le ay');
  await says(ana, 'eva también lo está viendo. eva está escribiendo una respuesta.');
  await ana.page.locator('[data-viewers]').hover();
  await ana.page.getByRole('tooltip').getByText('eva también lo está viendo').waitFor();
  await ana.shot('81-viewing');
  await eva.shot('82-viewing-dark');
  expect(await violations(ana, { within: 'header' })).toEqual([]);
  await eva.composer.fill('');
  await says(ana, 'eva también lo está viendo');

  // Elsewhere, or gone without a word: seen within seconds.
  const other = await office().writes('Juan');
  await eva.goto(`c/${other}`);
  await says(ana, null);
  await eva.goto(`c/${conversationId}`);
  await says(ana, 'eva también lo está viendo');
  await eva.close();
  await says(ana, null);
});

it('what is shown ends with the connection, and comes back with it', async () => {
  const conversationId = await office().taken('Rosa');
  const ana = await office().signedIn('ana', { width: 390, height: 844 });
  await ana.goto(`c/${conversationId}`);
  const eva = await office().signedIn('eva', {}, `c/${conversationId}`);
  await says(ana, 'eva también lo está viendo');
  await ana.shot('83-viewing-phone');
  await ana.context.setOffline(true);
  await says(ana, null);
  await says(eva, null);
  await ana.context.setOffline(false);
  await says(ana, 'eva también lo está viendo');
  await says(eva, 'ana también lo está viendo');
});
