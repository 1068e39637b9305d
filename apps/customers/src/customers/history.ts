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

/** All that happened to a customer, oldest first. */
export function historyOf(entries: readonly CustomerEntry[]): CustomerHistoryEntry[] {
  let before: CustomerState | null = null;
  return entries.map((entry) => {
    const after = fold(before, entry);
    const { seq, type, at, actor } = entry;
    const changes = changesBetween(before, after);
    before = after;
    return { seq, type, at: at.toISOString(), actor, changes };
  });
}
