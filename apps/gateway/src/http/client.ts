import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';

/** Longer ones are nothing that a person reads. */
const maxUserAgent = 256;

/** An IPv4 address as such, also where the server listens to both. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

/** Where a request comes from: the other end of its connection, or what a trusted proxy says (`TRUSTED_PROXIES`). */
export const addressOf = ({ ip = '' }: Pick<Request, 'ip'>): string => plain(ip);

/** The same of a socket's handshake, of which Express knows nothing: past proxies that are trusted, the nearest that is none. */
export function addressOfHandshake(handshake: { address: string; headers: IncomingHttpHeaders }, isTrusted: (address: string, hop: number) => boolean): string {
  const forwarded = handshake.headers['x-forwarded-for'] ?? [];
  const named = [forwarded].flat().join(',').split(',').map((address) => address.trim()).filter((address) => address !== '');
  const hops = [handshake.address, ...named.reverse()];
  return plain(hops.find((address, hop) => !isTrusted(address, hop)) ?? hops.at(-1) ?? '');
}

/**
 * What one client is counted by: an IPv4 address as it is, and of IPv6 the first 64 bits, because that is the least a
 * line is given and its owner may take any address in it.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groupsOf = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':');
}

/** What a client says of itself, and where it is. */
export const clientOf = (request: Request): { userAgent: string | null; address: string } => ({
  userAgent: request.headers['user-agent']?.slice(0, maxUserAgent) ?? null,
  address: addressOf(request),
});
