import { AxeBuilder } from '@axe-core/playwright';
import type { Desk } from './desk';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What breaks WCAG 2.2 AA or good practice on the screen, or in one part of it, as far as a program can tell. No rule is left out. */
export async function violations(desk: Desk, { within }: { readonly within?: string } = {}): Promise<string[]> {
  // What fades in is paler than what it will be.
  await desk.settled();
  const axe = new AxeBuilder({ page: desk.page }).withTags(standards);
  const { violations: found } = await (within === undefined ? axe : axe.include(within)).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.split('\n').at(1) ?? ''}`));
}
