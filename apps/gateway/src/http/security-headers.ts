import type { NextFunction, Request, Response } from 'express';

/** Answers are data for the one who asked: not sniffed, framed, referred to or kept by anything on the way. */
export function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cache-control', 'no-store');
  next();
}
