import { AppError, type AttributeDefinition, type AttributeType, type AttributeValue, type FieldError } from '@relevo/contracts';
import { isEmail } from 'class-validator';
import { maxValueLength } from '../customers/given-attributes.js';

const keyForm = /^[a-z][a-z0-9_]{0,39}$/;

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= maxValueLength && value.isWellFormed() && /\S/.test(value);

/** A day of the calendar, without a time: `2026-02-29` is none. */
const isDate = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);

/** What a value of each type must be; the text ends "must be ...". */
const forms: Readonly<Record<AttributeType, { fits: (value: unknown, options: readonly string[]) => boolean; says: string }>> = {
  text: { fits: isText, says: `text of 1 to ${maxValueLength} characters` },
  number: { fits: (value) => typeof value === 'number' && Number.isFinite(value), says: 'a number' },
  date: { fits: (value) => isText(value) && isDate(value), says: 'a date like 2026-11-23' },
  boolean: { fits: (value) => typeof value === 'boolean', says: 'true or false' },
  list: { fits: (value, options) => isText(value) && options.includes(value), says: 'one of the options' },
  email: { fits: (value) => isText(value) && isEmail(value), says: 'an email address' },
  phone: { fits: (value) => isText(value) && /^\+?[\d ().-]{5,25}$/.test(value) && value.replace(/\D/g, '').length >= 5, says: 'a phone number' },
};

/** Values that an agent sets, each as its definition says; text where there is none. The error names each as `set.<key>`. */
export function checkedValues(set: Record<string, unknown>, definitions: readonly AttributeDefinition[]): Record<string, AttributeValue> {
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(set)) {
    const { type, options } = definitions.find((definition) => definition.key === key) ?? { type: 'text', options: [] };
    if (!keyForm.test(key)) errors.push({ path: `set.${key}`, message: 'must be a key like first_order' });
    else if (!forms[type].fits(value, options)) errors.push({ path: `set.${key}`, message: `must be ${forms[type].says}` });
  }
  const [first] = errors;
  if (first) throw new AppError('VALIDATION_FAILED', `${first.path}: ${first.message}`, { errors });
  return set as Record<string, AttributeValue>;
}

/** What definitions forbid agents: to touch what is read-only, and to leave out what is required. */
export function checkPermitted(set: Record<string, unknown>, unset: readonly string[], definitions: readonly AttributeDefinition[]): void {
  const errors: FieldError[] = definitions.flatMap(({ key, readOnly, required }) => {
    const isSet = Object.hasOwn(set, key);
    const isUnset = unset.includes(key);
    if (readOnly && (isSet || isUnset)) return [{ path: isSet ? `set.${key}` : 'unset', message: `${key} cannot be changed by agents` }];
    if (required && isUnset) return [{ path: 'unset', message: `${key} is required` }];
    return [];
  });
  const [first] = errors;
  if (first) throw new AppError('RULE_VIOLATED', `${first.path}: ${first.message}`, { errors });
}
