import { markOf, nameWordsOf, wordsOf } from '@relevo/journal';
import type { CustomerState } from '../customers/customer.js';

/** What every customer is found by. */
export const anyone = markOf('customer');

const email = /@/;
const phone = /(\d\D*){6}/;

interface Findable {
  /** As histories name it. */
  readonly field: string;
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

/** Of what a customer is found: their name, what channels call them, and emails and phones among their attributes. */
function findables({ name, identities, attributes }: CustomerState): Findable[] {
  const texts = Object.entries(attributes).flatMap(([key, { value }]) => (typeof value === 'string' ? [{ field: `attributes.${key}`, text: value }] : []));
  return [
    { field: 'name', text: name, words: nameWordsOf(name) },
    ...identities.map(({ externalId }) => ({ field: 'identities', text: externalId, words: wordsOf(externalId) })),
    ...texts.flatMap((each) => (email.test(each.text) ? [{ ...each, words: nameWordsOf(each.text) }] : phone.test(each.text) ? [{ ...each, words: wordsOf(each.text) }] : [])),
  ];
}

/** Under what a customer is found. */
export const foundBy = (state: CustomerState): Set<string> => new Set([anyone, ...findables(state).flatMap(({ words }) => [...words])]);

/** Where most of the words are, the name before all else. */
export function foundIn(state: CustomerState, asked: readonly string[]): Pick<Findable, 'field' | 'text'> {
  const counted = findables(state).map((each) => ({ ...each, count: asked.filter((word) => each.words.has(word)).length }));
  const { field, text } = counted.reduce((best, each) => (each.count > best.count ? each : best));
  return { field, text };
}
