import type { Request } from 'express';

/** Longest that can be one: `sha256=` and 64 hex digits. Anything else is no signature, like none at all. */
const maxSignature = 71;

/** `X-Relevo-Signature`, as far as it can be one. */
export function signatureIn({ headers }: Request): string {
  const signature = headers['x-relevo-signature'];
  return typeof signature === 'string' && signature.length <= maxSignature ? signature : '';
}
