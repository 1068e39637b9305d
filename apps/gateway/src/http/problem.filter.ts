import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { localsOf } from './locals.js';
import { problemOf } from './problem.js';

/** Every error of every path, the framework's included, leaves as `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error, localsOf(response).correlationId);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
    const retryAfterMs = problem.status === 429 ? problem.details?.retryAfterMs : undefined;
    if (typeof retryAfterMs === 'number') response.setHeader('retry-after', Math.ceil(retryAfterMs / 1000));
    response.status(problem.status).setHeader('content-type', 'application/problem+json');
    response.send(JSON.stringify(problem));
  }
}
