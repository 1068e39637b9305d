import type { CorsOptions, CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';
import { isOriginAllowed } from '../socket/origin.js';

/** Whether a page of this origin may embed a widget, as `EmbeddingPages` says. */
export type MayEmbed = (origin: string | undefined) => Promise<boolean>;

/** Tokens are sent by who has them, and no cookie is anybody's: nothing goes along by itself. */
const common: CorsOptions = { credentials: false, maxAge: 3600 };

const agents: CorsOptions = {
  ...common,
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-correlation-id'],
  exposedHeaders: ['x-correlation-id', 'retry-after'],
};

/** Visitors upload files, read them, in parts too, and take back what they do not send. */
const visitors: CorsOptions = {
  ...common,
  methods: ['GET', 'HEAD', 'POST', 'DELETE'],
  allowedHeaders: ['authorization', 'content-type', 'x-correlation-id', 'range', 'if-range', 'if-none-match'],
  exposedHeaders: ['x-correlation-id', 'retry-after', 'accept-ranges', 'content-disposition', 'content-range', 'etag'],
};

const isForVisitors = ({ path }: Request): boolean => path.startsWith('/v1/widget/');

/**
 * What pages of other origins may ask: those of `ALLOWED_ORIGINS` everything, those that embed a channel's widget what
 * visitors may, by the same list as at the socket. An origin is answered by its name, never by `*`.
 */
export function crossOrigin(allowed: readonly string[], mayEmbed: MayEmbed): CorsOptionsDelegate<Request> {
  return (request, answer) => {
    if (!isForVisitors(request)) return answer(null, { ...agents, origin: allowed.length > 0 && [...allowed] });
    const { origin } = request.headers;
    const embedded = origin === undefined || isOriginAllowed(request.headers, allowed) ? Promise.resolve(false) : mayEmbed(origin);
    // An empty list is still one: the answer then says that it would be another one for another origin.
    void embedded.then((isEmbedded) => answer(null, { ...visitors, origin: origin !== undefined && isEmbedded ? [...allowed, origin] : [...allowed] }));
  };
}
