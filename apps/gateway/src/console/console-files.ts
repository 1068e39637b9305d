import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { consolePage } from './console-page.js';

/** Where a frontend was built, from src/ (in tests) and from dist/ alike. */
export const builtFrontend = (name: 'console' | 'demo'): string => join(import.meta.dirname, '..', '..', '..', name, 'dist', 'app');

/** Best first; each lies beside its file under this suffix, made when the console was built. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

const compressible: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Sends what was compressed beforehand to whoever takes it. */
const preferCompressed =
  (folder: string): RequestHandler =>
  (request, response, next) => {
    // As the browser meant it: no `..` is left in it.
    const { pathname } = new URL(request.url, 'http://console');
    const type = compressible[extname(pathname)];
    if (type === undefined) return next();
    response.vary('accept-encoding');
    const found = encodings.find(([name, suffix]) => request.acceptsEncodings(name) === name && existsSync(join(folder, pathname + suffix)));
    if (found) {
      const [name, suffix] = found;
      request.url = pathname + suffix;
      response.set({ 'content-encoding': name, 'content-type': type });
    }
    next();
  };

/** A file of another build is answered like what never was: a page in its place would only fail later, and less plainly. */
const leave: RequestHandler = (_request, _response, next) => next('router');

/**
 * A frontend, the agents' console or the demo: its built files, and its page at every other path, for it finds its own way from there. Files
 * under `assets` are named after what is in them, so they are kept for good; the page is asked for each time.
 */
export function frontendFiles(folder: string): RequestHandler {
  const page = join(folder, 'index.html');
  const router = Router();
  // A gateway without it serves everything else.
  if (!existsSync(page)) return router;
  const template = readFileSync(page, 'utf8');
  const assets = join(folder, 'assets');

  router.use(({ method }, _response, next) => next(method === 'GET' || method === 'HEAD' ? undefined : 'router'));
  router.use(({ originalUrl, baseUrl }, response, next) => {
    const [path = '', query] = originalUrl.split('?');
    if (path !== baseUrl) return next();
    response.redirect(308, `${baseUrl}/${query === undefined ? '' : `?${query}`}`);
  });
  router.use((_request, response, next) => {
    // Set for answers of the API; each file says its own.
    response.removeHeader('cache-control');
    next();
  });
  router.use('/assets', preferCompressed(assets), express.static(assets, { immutable: true, maxAge: '365d', index: false, redirect: false }), leave);
  router.use(preferCompressed(folder), express.static(folder, { maxAge: '1h', index: false, redirect: false }));
  router.use((_request, response) => {
    const { html, headers } = consolePage(template);
    response.set(headers).send(html);
  });
  return router;
}
