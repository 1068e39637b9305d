import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** OWASP's recommendation for argon2id: 19 MiB (in KiB), two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const saltBytes = 16;
const tagBytes = 32;

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Equal passwords look alike whatever keyboard they were typed on. */
const messageOf = (password: string): string => password.normalize('NFKC');

/** A PHC string: it carries its own parameters, so that they can be raised later without losing a password. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const tag = await derive('argon2id', { ...cost, message: messageOf(password), nonce, tagLength: tagBytes });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${encode(nonce)}$${encode(tag)}`;
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export async function matchesHash(password: string, hash: string): Promise<boolean> {
  const parts = phc.exec(hash);
  if (!parts) throw new Error('a stored password hash is not readable');
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number) as [number, number, number];
  const [nonce, expected] = parts.slice(4).map((part) => Buffer.from(part, 'base64')) as [Buffer, Buffer];
  const tag = await derive('argon2id', { memory, passes, parallelism, message: messageOf(password), nonce, tagLength: expected.length });
  return timingSafeEqual(tag, expected);
}
