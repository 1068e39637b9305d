import { randomBytes } from 'node:crypto';

/** Stands in the built page wherever a nonce belongs (apps/console/vite.config.mjs). */
export const noncePlaceholder = '__RELEVO_NONCE__';

/**
 * What the console may load and run: its own files, and nothing written into the page. Scripts get no nonce at all, so
 * none that is in the page runs. Styles need one: its components put their variables in `<style>` elements. Sockets to
 * the page's own origin are `'self'`.
 */
const policyFor = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Everything that the page has no use for stays shut, whatever runs in it. */
const permissions = 'camera=(), geolocation=(), payment=(), usb=(), microphone=(self)';

export interface ConsolePage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The page for one answer: its nonce is good for this answer alone. */
export function consolePage(template: string): ConsolePage {
  const nonce = randomBytes(16).toString('base64url');
  return {
    html: template.replaceAll(noncePlaceholder, nonce),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': policyFor(nonce),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': permissions,
    },
  };
}
