import type { AttributeDefinition, AttributeType, CustomerView } from '@relevo/contracts';

/** One thing that is known of a customer, or may be, as an admin defined it. */
export interface Field {
  /** As histories and conflicts name it: `name` or `attributes.<key>`. */
  readonly id: string;
  /** Of the attribute; null for the name. */
  readonly key: string | null;
  /** For people: the definition's, and the key itself where there is none. */
  readonly label: string;
  readonly type: AttributeType;
  readonly options: readonly string[];
  readonly required: boolean;
  readonly readOnly: boolean;
}

const prefix = 'attributes.';

export const attributeId = (key: string): string => `${prefix}${key}`;

/** The key of an attribute's field; null for other fields. */
export const keyOf = (id: string): string | null => (id.startsWith(prefix) ? id.slice(prefix.length) : null);

export const nameField = (label: string): Field => ({ id: 'name', key: null, label, type: 'text', options: [], required: true, readOnly: false });

const undefinedField = (key: string): Field => ({ id: attributeId(key), key, label: key, type: 'text', options: [], required: false, readOnly: false });

/** What is not defined is text. */
export function attributeField(key: string, definitions: ReadonlyMap<string, AttributeDefinition>): Field {
  const { label, type, options, required, readOnly } = definitions.get(key) ?? undefinedField(key);
  return { id: attributeId(key), key, label, type, options, required, readOnly };
}

/** In the order in which an admin defined them, then whatever else came, then what else is being edited. */
export function attributeFields({ attributes }: Pick<CustomerView, 'attributes'>, definitions: ReadonlyMap<string, AttributeDefinition>, edited: readonly string[] = []): readonly Field[] {
  const keys = new Set([...definitions.keys(), ...Object.keys(attributes), ...edited.flatMap((id) => keyOf(id) ?? [])]);
  return [...keys].map((key) => attributeField(key, definitions));
}
