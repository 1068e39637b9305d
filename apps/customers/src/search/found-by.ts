import { markOf, nameWordsOf, wordsOf } from '@relevo/journal';
import type { CustomerState } from '../customers/customer.js';

/** What every customer is found by. */
export const anyone = markOf('customer');

const email = /@/;
const phone = /(\d\D*){6}/;

/** Under what a customer is found: their name, what channels call them, and emails and phones among their attributes. */
export function foundBy({ name, identities, attributes }: CustomerState): Set<string> {
  const texts = Object.values(attributes).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  return new Set([
    anyone,
    ...nameWordsOf(name),
    ...identities.flatMap(({ externalId }) => [...wordsOf(externalId)]),
    ...texts.flatMap((text) => (email.test(text) ? [...nameWordsOf(text)] : phone.test(text) ? [...wordsOf(text)] : [])),
  ]);
}
