import { newId } from '@relevo/platform';
import type { NextFunction, Request, Response } from 'express';
import { localsOf } from './locals.js';

const header = 'x-correlation-id';

/** What callers may name their requests: short, and harmless in a log line. */
const acceptable = /^[A-Za-z0-9._-]{1,64}$/;

export const correlationIdFor = (given: string | string[] | undefined): string =>
  typeof given === 'string' && acceptable.test(given) ? given : newId();

/** First of all: every answer, errors included, names the request it answers. */
export function correlation(request: Request, response: Response, next: NextFunction): void {
  const correlationId = correlationIdFor(request.headers[header]);
  localsOf(response).correlationId = correlationId;
  response.setHeader(header, correlationId);
  next();
}
