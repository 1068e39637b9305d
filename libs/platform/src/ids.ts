import { createHash, randomUUID } from 'node:crypto';

/**
 * An id that follows from what it identifies: the same parts give the same 22 characters of base64url (132 bits of
 * SHA-256). Used where creating twice must meet at one aggregate. Parts are length-prefixed, so `a,bc` is not `ab,c`.
 */
export function digestId(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const text = String(part);
    hash.update(`${Buffer.byteLength(text)}:${text};`);
  }
  return hash.digest('base64url').slice(0, 22);
}

/** A correlation id, or a commandId where a caller made none. */
export const newId = (): string => randomUUID();
