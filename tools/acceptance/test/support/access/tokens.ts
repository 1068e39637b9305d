import { createHmac } from 'node:crypto';

/** The system under test signs with it; a test may know what an attacker must not. */
export const secret = 'the-key-of-the-system-under-test-0123456789';

type Json = Readonly<Record<string, unknown>>;

const encoded = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const hmac = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('base64url');

export const claimsOf = (token: string): Json => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Json;

/** A token made by hand, HS256 with our key unless told otherwise. */
export function tokenOf(claims: Json, { header = {}, key = secret }: { header?: Json; key?: string } = {}): string {
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT', ...header })}.${encoded(claims)}`;
  return `${signed}.${hmac(signed, key)}`;
}

/** The same without a signature. */
export const unsignedTokenOf = (claims: Json, alg: string): string => `${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}.`;

/** It was good, until an hour ago. */
export const expired = (token: string): string => {
  const now = Math.floor(Date.now() / 1000);
  return tokenOf({ ...claimsOf(token), iat: now - 7_200, exp: now - 3_600 });
};
