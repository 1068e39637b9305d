import type { Request } from 'express';

/** Longer ones are nothing that a person reads. */
const maxUserAgent = 256;

/** An IPv4 address as such, also where the server listens to both. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

/** Where a request comes from: the other end of its connection, or what a trusted proxy says (`TRUSTED_PROXIES`). */
export const addressOf = ({ ip = '' }: Pick<Request, 'ip'>): string => plain(ip);

/** What a client says of itself, and where it is. */
export const clientOf = (request: Request): { userAgent: string | null; address: string } => ({
  userAgent: request.headers['user-agent']?.slice(0, maxUserAgent) ?? null,
  address: addressOf(request),
});
