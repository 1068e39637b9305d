import type { CustomerView } from '@relevo/contracts';

const attributes = 'attributes.';

/** What fields hold, by name as histories and conflicts name them: `name`, `attributes.<key>`, `blocked`, ...; null: it is not there. */
export type FieldValues = ReadonlyMap<string, unknown>;

/** What a field holds; null where it is not there. */
export function fieldOf(customer: CustomerView, field: string): unknown {
  if (field === 'name' || field === 'affinityAgentId' || field === 'blocked') return customer[field];
  const key = field.slice(attributes.length);
  return field.startsWith(attributes) && Object.hasOwn(customer.attributes, key) ? (customer.attributes[key]?.value ?? null) : null;
}

/** What of a customer differs between two versions. */
export function changedFields(before: CustomerView, after: CustomerView): string[] {
  const keys = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  const fields = ['name', 'affinityAgentId', 'blocked', ...[...keys].sort().map((key) => `${attributes}${key}`)];
  return fields.filter((field) => fieldOf(before, field) !== fieldOf(after, field));
}
