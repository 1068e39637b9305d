import type { CustomerView } from '@relevo/contracts';

/** One fact of both, and whose will hold. */
export interface MergedFact {
  readonly key: string;
  /** Of the one who stays, and of the one who goes on as them; null: not known. */
  readonly stays: unknown;
  readonly goes: unknown;
  readonly holds: 'stays' | 'goes';
}

/** Until a channel gives a name, a customer is called by how the channel calls them. */
const isUnnamed = ({ name, identities }: CustomerView): boolean => identities.some(({ externalId }) => externalId === name);

/** Whose name holds: that of the one who stays, unless they never had one. */
export const nameHolds = (stays: CustomerView): MergedFact['holds'] => (isUnnamed(stays) ? 'goes' : 'stays');

/** What both know, by key: where both do, that of the one who stays holds (product rule "Customer's information"). */
export function mergedAttributes(stays: CustomerView, goes: CustomerView): readonly MergedFact[] {
  const valueOf = ({ attributes }: CustomerView, key: string): unknown => (Object.hasOwn(attributes, key) ? (attributes[key]?.value ?? null) : null);
  return [...new Set([...Object.keys(stays.attributes), ...Object.keys(goes.attributes)])].map((key) => {
    const own = valueOf(stays, key);
    return { key, stays: own, goes: valueOf(goes, key), holds: own === null ? 'goes' : 'stays' };
  });
}
