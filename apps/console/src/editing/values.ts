import type { CustomerEdit } from '@relevo/client';
import type { AttributeType, AttributeValue } from '@relevo/contracts';
import type { Field } from './fields';

/** A value as it stands in an input; nothing is the empty text. */
export const inputOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

/**
 * What an input's text means; null: to be taken out. What it cannot mean goes as the text that it is, so that it is the
 * services that say why not.
 */
export function meantBy(text: string, type: AttributeType): AttributeValue | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (type === 'number' && Number.isFinite(Number(trimmed))) return Number(trimmed);
  if (type === 'boolean' && (trimmed === 'true' || trimmed === 'false')) return trimmed === 'true';
  return trimmed;
}

/** The edit that puts these values into a customer's fields; `version` is what the agent saw. */
export function editOf(values: ReadonlyMap<Pick<Field, 'key'>, AttributeValue | null>, version: number): CustomerEdit {
  const set: Record<string, AttributeValue> = {};
  const unset: string[] = [];
  let name: string | undefined;
  for (const [{ key }, value] of values) {
    if (key === null) name = String(value ?? '');
    else if (value === null) unset.push(key);
    else set[key] = value;
  }
  return { version, ...(Object.keys(set).length > 0 && { set }), ...(unset.length > 0 && { unset }), ...(name !== undefined && { name }) };
}
