import { AppError, type FieldError } from '@relevo/contracts';

/** Attributes that one request may bring, and UTF-16 units in a value of theirs. */
export const maxGiven = 50;
export const maxValueLength = 1_000;

/** The form of a definition's key. An attribute need not be defined to be collected. */
const keyForm = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * Attributes as a channel gives them; the contract can only say that they are an object. The error names each one that
 * is not fit as `attributes.<key>`.
 */
export function givenAttributes(attributes: Record<string, unknown> = {}): Record<string, string> {
  const errors: FieldError[] = [];
  const given: Record<string, string> = {};
  for (const [index, [key, value]] of Object.entries(attributes).entries()) {
    const path = `attributes.${key}`;
    if (index >= maxGiven) errors.push({ path, message: `is one more than the ${maxGiven} that fit in one request` });
    else if (!keyForm.test(key)) errors.push({ path, message: 'must be a key like first_order' });
    else if (typeof value !== 'string' || value.length > maxValueLength || !value.isWellFormed())
      errors.push({ path, message: `must be text of at most ${maxValueLength} characters` });
    else given[key] = value;
    if (errors.length >= maxGiven) break;
  }
  const [first] = errors;
  if (first) throw new AppError('VALIDATION_FAILED', `${first.path}: ${first.message}`, { errors });
  return given;
}
