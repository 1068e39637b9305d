import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { AppError, attachmentLimits } from '@relevo/contracts';
import { OutOfReach, type Reach } from '@relevo/platform';
import { tooLarge } from './read-form.js';

const maxRedirects = 3;

/** Why a URL is not fetched, as whoever named it is told. */
export class NotFetched extends Error {}

/**
 * The content of a URL that somebody outside named. No address is connected to but those within `reach`, over redirects as
 * well; nothing of ours goes along. Throws `NotFetched` for what will not be otherwise next time, `UNAVAILABLE` for what
 * may, and `PAYLOAD_TOO_LARGE` for what says so itself, before any of it is read.
 */
export async function fetchFile(url: string, reach: Reach, signal: AbortSignal): Promise<IncomingMessage> {
  let target = url;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await request(target, reach, signal);
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

async function request(given: string, reach: Reach, signal: AbortSignal): Promise<IncomingMessage> {
  const url = new URL(given);
  const get = url.protocol === 'https:' ? httpsGet : httpGet;
  try {
    return await new Promise((resolve, reject) => {
      get(url, { agent: false, signal, headers: { 'user-agent': 'Relevo', accept: '*/*' }, ...reach.connectionTo(url) }, resolve).on('error', reject);
    });
  } catch (error) {
    throw error instanceof OutOfReach ? new NotFetched(error.message) : new AppError('UNAVAILABLE', 'A file cannot be fetched now. Send it again.', { cause: error });
  }
}
