import { lookup as resolve } from 'node:dns';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError, attachmentLimits } from '@relevo/contracts';
import ipaddr from 'ipaddr.js';
import { tooLarge } from './read-form.js';

const maxRedirects = 3;

/** Of the whole fetch: whoever asks waits for it. */
export const fetchMs = 15_000;

/** Why a URL is not fetched, as whoever named it is told. */
export class NotFetched extends Error {}

/** Addresses of the public internet; everything else is somebody's inside: ours, or a cloud's metadata. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address in an IPv6 one is that address.
  return ipaddr.process(address).range() === 'unicast';
}

const refused = (): NotFetched => new NotFetched('is not on the public internet');

/** Looks at the very addresses that are connected to, so that a name cannot say one thing now and another then. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (!addresses.every(({ address }) => isPublic(address))) return callback(refused(), []);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family);
  });
};

/**
 * The content of a URL that somebody outside named. No address is connected to but those of the public internet and the
 * `trusted` hosts, over redirects as well; nothing of ours goes along. Throws `NotFetched` for what will not be otherwise
 * next time, `UNAVAILABLE` for what may, and `PAYLOAD_TOO_LARGE` for what says so itself, before any of it is read.
 */
export async function fetchFile(url: string, trusted: readonly string[], signal: AbortSignal): Promise<IncomingMessage> {
  let target = url;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await request(target, trusted, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200 && !(Number(headers['content-length']) > attachmentLimits.bytes)) return response;
    response.destroy();
    if (statusCode === 200) throw tooLarge();
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) throw refusalOf(statusCode);
    if (!URL.canParse(headers.location, target)) throw new NotFetched('redirects to nowhere');
    target = new URL(headers.location, target).href;
  }
  throw new NotFetched('redirects too often');
}

const refusalOf = (status: number): Error =>
  status >= 500 || status === 429 ? new AppError('UNAVAILABLE', 'A file cannot be fetched now. Send it again.') : new NotFetched(`answered ${status}`);

function request(url: string, trusted: readonly string[], signal: AbortSignal): Promise<IncomingMessage> {
  const { protocol, host, hostname, username } = new URL(url);
  if ((protocol !== 'http:' && protocol !== 'https:') || username !== '') throw new NotFetched('must be http or https, without a user');
  const isTrusted = trusted.includes(host);
  const literal = hostname.replace(/^\[|\]$/g, '');
  // Of an address nobody asks for its name.
  if (!isTrusted && isIP(literal) !== 0 && !isPublic(literal)) throw refused();
  const get = protocol === 'https:' ? httpsGet : httpGet;
  return new Promise((resolve, reject) => {
    get(url, { agent: false, signal, headers: { 'user-agent': 'Relevo', accept: '*/*' }, ...(!isTrusted && { lookup: publicOnly }) }, resolve).on('error', (error: Error) => {
      reject(error instanceof NotFetched ? error : new AppError('UNAVAILABLE', 'A file cannot be fetched now. Send it again.', { cause: error }));
    });
  });
}
