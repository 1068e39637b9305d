import type { NextFunction, Request, Response } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { GatewayConfig } from '../config.js';
import { builtFrontend, frontendFiles } from '../console/console-files.js';
import { Drain } from '../socket/drain.js';
import { SocketAdapter } from '../socket/socket.adapter.js';
import { EmbeddingPages } from '../widget/embedding-pages.js';
import { correlation } from './correlation.js';
import { crossOrigin } from './cross-origin.js';
import { securityHeaders } from './security-headers.js';

/** Of a request to come whole; of 40 MB that is 180 kbit/s. Headers have a minute, and a form's sender may not be silent for one. */
const requestMs = 30 * 60 * 1000;

/**
 * Of a connection that nothing is asked on: longer than proxies keep theirs (nginx and most load balancers a minute), and
 * than clients do. Whoever closes first must be they, for a request that crosses the server's close is lost.
 */
const idleMs = 75_000;

/** What the HTTP server does before any route is looked for. */
export function configureHttp(app: NestExpressApplication, config: GatewayConfig): void {
  // `a[b]=1` stays a field called "a[b]", which no contract knows, instead of becoming an object.
  app.set('query parser', 'simple');
  app.disable('etag');
  const server = app.getHttpServer();
  server.requestTimeout = requestMs;
  server.keepAliveTimeout = idleMs;
  app.set('trust proxy', config.trustedProxies);
  const drain = app.get(Drain);
  app.use(correlation, securityHeaders, (_: Request, response: Response, next: NextFunction) => {
    // Connections that are kept alive would keep coming here.
    if (drain.isDraining) response.setHeader('connection', 'close');
    next();
  });
  app.use('/app', frontendFiles(builtFrontend('console')));
  if (config.DEMO_PAGE) app.use('/demo', frontendFiles(builtFrontend('demo')));
  const embedding = app.get(EmbeddingPages);
  app.enableCors(crossOrigin(config.allowedOrigins, (origin) => embedding.mayEmbed(origin)));
  app.useWebSocketAdapter(new SocketAdapter(app, config));
}
