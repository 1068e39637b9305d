import { fieldOf } from '@relevo/client';
import type { AttributeDefinition, AttributeValue, CustomerHistoryEntry, CustomerView } from '@relevo/contracts';
import { attributeField, type Field, keyOf, nameField } from '../editing/fields';

/** Entries of the history that are taken back (product rule "Customer's information"); the others have commands of their own. */
const kinds: readonly string[] = ['customer-edited', 'customer-attributes-collected'];

type Definitions = ReadonlyMap<string, AttributeDefinition>;

/** The field of a change; `name` says what the name is called. */
export function changedField(id: string, definitions: Definitions, name: string): Field {
  const key = keyOf(id);
  return key === null ? nameField(name) : attributeField(key, definitions);
}

/** What fields held before an entry. */
export function before({ changes }: Pick<CustomerHistoryEntry, 'changes'>, definitions: Definitions): ReadonlyMap<Field, AttributeValue | null> {
  return new Map(changes.map(({ field, from }) => [changedField(field, definitions, field), from as AttributeValue | null]));
}

/** Whether taking it back is possible and would change anything. The services decide again. */
export function isRevertible(entry: Pick<CustomerHistoryEntry, 'type' | 'changes'>, customer: CustomerView, definitions: Definitions): boolean {
  const values = [...before(entry, definitions)];
  return (
    kinds.includes(entry.type) &&
    values.some(([{ id }, from]) => fieldOf(customer, id) !== from) &&
    values.every(([{ readOnly, required }, from]) => !readOnly && (from !== null || !required))
  );
}
