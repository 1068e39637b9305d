import { Controller, HttpCode, Req, RequestMapping, RequestMethod, Res, type Type, UseGuards, UseInterceptors } from '@nestjs/common';
import type { Operation } from '@relevo/contracts';
import type { Request, Response } from 'express';
import { actorOf } from '../auth/authenticator.js';
import { BearerGuard, sessionOf } from '../auth/bearer.guard.js';
import { parseJsonObject } from '../http/json.js';
import { localsOf } from '../http/locals.js';
import { ReadBody } from '../http/read-body.js';
import { Dispatcher } from './dispatcher.js';
import { bodyOf, idempotencyKeyOf } from './request-body.js';

/**
 * A controller with one route per operation, made of Nest's own decorators, so that guards, interceptors and filters
 * meet it like one written by hand.
 */
export function operationsController(operations: readonly Operation[]): Type {
  @Controller('v1')
  @UseGuards(BearerGuard)
  @UseInterceptors(ReadBody)
  class OperationsController {
    constructor(readonly dispatcher: Dispatcher) {}
  }

  for (const operation of operations) {
    const name = `${operation.method} ${operation.path}`;
    const handler = {
      value(this: OperationsController, request: Request, response: Response): Promise<object> {
        const { rawBody = Buffer.alloc(0), correlationId } = localsOf(response);
        const body = bodyOf(operation, {
          params: request.params,
          query: request.query,
          body: operation.method === 'GET' ? {} : parseJsonObject(rawBody, request.headers['content-type']),
          idempotencyKey: idempotencyKeyOf(request),
        });
        return this.dispatcher.dispatch(operation, body, actorOf(sessionOf(response)), correlationId);
      },
      writable: true,
      configurable: true,
    };
    Object.defineProperty(OperationsController.prototype, name, handler);
    Req()(OperationsController.prototype, name, 0);
    Res({ passthrough: true })(OperationsController.prototype, name, 1);
    RequestMapping({ method: RequestMethod[operation.method], path: operation.path })(OperationsController.prototype, name, handler);
    HttpCode(operation.status ?? 200)(OperationsController.prototype, name, handler);
  }
  return OperationsController;
}
