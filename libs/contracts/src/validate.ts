import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { AppError, type FieldError, invalid } from './errors.js';

export type Class<T extends object> = new () => T;

/** Names that reach an object's prototype; class-transformer drops them silently, a caller deserves an answer. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Deeper nesting than any body of ours has; stops a recursion bomb before it is walked. */
const maxDepth = 8;

/**
 * Keys and elements that a body may have in all: far more than any request of ours. Checking costs time for each, also
 * for those that nobody knows, and a login needs no token.
 */
const maxParts = 1_000;

/** Nobody reads more; a body of nothing but mistakes is not answered with as many lines. */
const maxErrors = 20;

/** What no field of any body may hold. Lone surrogates cannot be stored as UTF-8: two different ids would become one. */
function forbiddenParts(value: unknown, path: string, depth: number, found: FieldError[], budget: { parts: number }): void {
  if (typeof value === 'string' && !value.isWellFormed()) found.push({ path, message: 'must be well-formed Unicode' });
  if (typeof value !== 'object' || value === null) return;
  if (depth > maxDepth) {
    found.push({ path, message: 'is nested too deeply' });
    return;
  }
  for (const key of Object.keys(value)) {
    if (--budget.parts < 0) throw invalid('', 'has too many fields');
    const at = path ? `${path}.${key}` : key;
    if (prototypeKeys.has(key)) found.push({ path: at, message: 'is not allowed' });
    else forbiddenParts((value as Record<string, unknown>)[key], at, depth + 1, found, budget);
  }
}

function flatten(errors: ValidationError[], parent: string, found: FieldError[]): FieldError[] {
  for (const { property, constraints, children } of errors) {
    const path = parent ? `${parent}.${property}` : property;
    for (const message of Object.values(constraints ?? {})) {
      // class-validator's own messages begin with the name, which `path` says already.
      found.push({ path, message: message.startsWith(`${property} `) ? message.slice(property.length + 1) : message });
    }
    flatten(children ?? [], path, found);
  }
  return found;
}

const failed = (errors: FieldError[]): AppError => {
  const [first] = errors;
  return new AppError('VALIDATION_FAILED', first ? `${first.path}: ${first.message}` : 'The body is not valid.', { errors: errors.slice(0, maxErrors) });
};

/**
 * The one validation, for REST, sockets and NATS alike: an instance of `type`, or `VALIDATION_FAILED` naming each field.
 * Unknown fields are refused; `undefined` and `null` count as an empty body. A reply may be larger than any request:
 * whoever checks one says so with `limits`.
 */
export function validateShape<T extends object>(type: Class<T>, value: unknown, limits: { maxParts: number } = { maxParts }): T {
  const body = value ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) throw invalid('', 'must be an object');
  const forbidden: FieldError[] = [];
  forbiddenParts(body, '', 1, forbidden, { parts: limits.maxParts });
  if (forbidden.length > 0) throw failed(forbidden);
  const instance = plainToInstance(type, body);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0) throw failed(flatten(errors, '', []));
  return instance;
}
