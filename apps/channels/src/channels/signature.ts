import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Stands in for the secret of a channel that does not exist, which takes as long to refuse as a wrong signature. */
export const nobodysSecret = randomBytes(32).toString('hex');

const hmacOf = (text: string, secret: string): string => createHmac('sha256', secret).update(text, 'utf8').digest('hex');

/** In a time that tells nothing about the right one; hex digits in either case. */
function isSame(expected: string, given: string): boolean {
  const [right, tried] = [Buffer.from(expected), Buffer.from(given.toLowerCase())];
  return tried.length === right.length && timingSafeEqual(tried, right);
}

/** `sha256=<hex>`: HMAC-SHA256 of the body's UTF-8 bytes with the channel's secret, in both directions. */
export const signatureOf = (body: string, secret: string): string => `sha256=${hmacOf(body, secret)}`;

/** Whether the signature is the body's. */
export const isSignedWith = (secret: string, body: string, signature: string): boolean => isSame(signatureOf(body, secret), signature);

/** Whether the site that knows the channel's secret says that this is its user: hex HMAC-SHA256 of the user's id. */
export const isVouchedFor = (secret: string, userId: string, userHash: string): boolean => isSame(hmacOf(userId, secret), userHash);
