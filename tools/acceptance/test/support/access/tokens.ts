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

/** Ways to come by a token that the gateway never gave, each made of one that it did. */
export function forgeries(good: string): Readonly<Record<string, string>> {
  const claims = claimsOf(good);
  const [head = '', body = '', signature = ''] = good.split('.');
  const another = { ...claims, sub: 'somebody-else' };
  const now = Math.floor(Date.now() / 1000);
  return {
    'alg none': unsignedTokenOf(claims, 'none'),
    'alg NONE': unsignedTokenOf(claims, 'NONE'),
    'no signature': `${head}.${body}.`,
    'another key': tokenOf(claims, { key: 'the-key-of-somebody-else-0123456789abcdef' }),
    'an empty key': tokenOf(claims, { key: '' }),
    'the key of a developer’s machine': tokenOf(claims, { key: 'relevo-development-only-secret-of-no-value' }),
    'RS256, signed with our key as if it were public': tokenOf(claims, { header: { alg: 'RS256' } }),
    'HS512 by its header': tokenOf(claims, { header: { alg: 'HS512' } }),
    'a key of its own in the header': tokenOf(claims, { header: { jwk: { kty: 'oct', k: Buffer.from('k').toString('base64url') } }, key: 'k' }),
    'a critical header that nobody knows': tokenOf(claims, { header: { crit: ['x'], x: 1 } }),
    'other claims under the old signature': `${head}.${Buffer.from(JSON.stringify(another)).toString('base64url')}.${signature}`,
    expired: expired(good),
    'without an end': tokenOf({ ...claims, exp: undefined }),
    'not yet begun': tokenOf({ ...claims, nbf: now + 3_600 }),
    'a foreign issuer': tokenOf({ ...claims, iss: 'https://accounts.example.com' }),
    'a foreign audience': tokenOf({ ...claims, aud: 'another-product' }),
    'without a session': tokenOf({ ...claims, sid: undefined }),
    'a session that never was': tokenOf({ ...claims, sid: '00000000-0000-7000-8000-000000000000' }),
    'an agent that never was': tokenOf(another),
    'another workspace': tokenOf({ ...claims, wid: 'another-workspace' }),
    'an operator for a session': tokenOf({ ...claims, sid: { $ne: null } }),
    'two tokens': `${good} ${good}`,
    nothing: '',
  };
}
