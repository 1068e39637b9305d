import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { AppError } from '@relevo/contracts';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Observable } from 'rxjs';
import { GatewayConfig } from '../config.js';
import { localsOf } from './locals.js';

/** `body-parser` throws http-errors; what matters of them is the status. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : 500;

function asAppError(error: unknown, limit: number): Error {
  const status = statusOf(error);
  if (status === 413) return new AppError('PAYLOAD_TOO_LARGE', `The body is larger than ${limit} bytes.`);
  if (status === 415) return new AppError('UNSUPPORTED_MEDIA', 'The body must not be compressed.');
  if (status < 500) return new AppError('VALIDATION_FAILED', 'The body did not arrive whole.', { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * Reads the body's bytes as they are. An interceptor and not a middleware, so that a caller who fails authentication
 * is answered before a byte of theirs is read or judged.
 */
abstract class BodyReader implements NestInterceptor {
  private readonly read: RequestHandler;

  constructor(private readonly limit: number) {
    this.read = express.raw({ type: () => true, limit, inflate: false });
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    await new Promise<void>((resolve, reject) => {
      void this.read(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(asAppError(error, this.limit));
      });
    });
    const body: unknown = request.body;
    localsOf(response).rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    return next.handle();
  }
}

@Injectable()
export class ReadBody extends BodyReader {
  constructor({ BODY_LIMIT_BYTES }: GatewayConfig) {
    super(BODY_LIMIT_BYTES);
  }
}

/** For paths that anybody may post to, where nothing long is ever said. */
@Injectable()
export class ReadAuthBody extends BodyReader {
  constructor({ AUTH_BODY_LIMIT_BYTES, BODY_LIMIT_BYTES }: GatewayConfig) {
    super(Math.min(AUTH_BODY_LIMIT_BYTES, BODY_LIMIT_BYTES));
  }
}
