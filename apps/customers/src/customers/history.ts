import type { CustomerFieldChange, CustomerHistoryEntry } from '@relevo/contracts';
import { attributeField, type CustomerEntry, type CustomerState, nameField } from './customer.js';
import { fold } from './fold.js';

/** Fields by name, as they can be compared. */
function fieldsOf(state: CustomerState | null): Map<string, unknown> {
  if (state === null) return new Map();
  const { name, attributes, affinityAgentId, blocked, identities } = state;
  return new Map<string, unknown>([
    [nameField, name],
    ...Object.entries(attributes).map(([key, { value }]) => [attributeField(key), value] as const),
    ['affinityAgentId', affinityAgentId],
    ['blocked', blocked],
    ['identities', identities],
  ]);
}

export function changesBetween(before: CustomerState | null, after: CustomerState): CustomerFieldChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((field) => ({ field, from: was.get(field) ?? null, to: is.get(field) ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

/** Entries read at once: a channel may tell something new with every message, so that a history has no bound. */
const batch = 200;

/** A customer's entries after one of them, in their order. */
export type ReadEntries = (after: number, limit: number) => Promise<readonly CustomerEntry[]>;

/** What happened to a customer from one entry to another, both among it, oldest first. Of what was before no more than one batch is in memory. */
export async function historyBetween(read: ReadEntries, from: number, to: number): Promise<CustomerHistoryEntry[]> {
  const found: CustomerHistoryEntry[] = [];
  let before: CustomerState | null = null;
  for (let after = 0; after < to; ) {
    const entries = await read(after, Math.min(batch, to - after));
    if (entries.length === 0) break;
    for (const entry of entries) {
      const now: CustomerState = fold(before, entry);
      const { seq, type, at, actor } = entry;
      if (seq >= from) found.push({ seq, type, at: at.toISOString(), actor, changes: changesBetween(before, now) });
      before = now;
      after = seq;
    }
  }
  return found;
}
