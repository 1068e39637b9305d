import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser page is one of ours, or one of an allowed origin. Programs that are not browsers send no origin.
 * WebSockets know no CORS, so this is the only check there is.
 */
export function isOriginAllowed({ origin, host }: IncomingMessage['headers'], allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
