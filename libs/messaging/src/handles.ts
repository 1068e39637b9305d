import {
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  Catch,
  createParamDecorator,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
  type PipeTransform,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { MessagePattern, type NatsContext, Payload, Transport } from '@nestjs/microservices';
import type { MsgHdrs } from '@nats-io/transport-node';
import { type ActorKind, type ActorOf, type AnyRpc, AppError, type Caller, type Rpc, validateShape } from '@relevo/contracts';
import { Histogram } from 'prom-client';
import { type Observable, tap, throwError } from 'rxjs';
import { callerOf, correlationIdOf } from './caller.js';
import { toErrorBody } from './errors.js';

const duration = new Histogram({
  name: 'relevo_request_seconds',
  help: 'Time to handle a request, by subject and outcome.',
  labelNames: ['subject', 'outcome'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
});

const headersOf = (host: ArgumentsHost): MsgHdrs | undefined =>
  host.switchToRpc().getContext<NatsContext>().getHeaders() as MsgHdrs | undefined;

/** Refuses a caller of the wrong kind or role before the body is looked at. */
class CallerGuard implements CanActivate {
  constructor(private readonly rpc: AnyRpc) {}

  canActivate(context: ExecutionContext): boolean {
    const { actor } = callerOf(headersOf(context));
    if (!this.rpc.callers.includes(actor.kind)) throw new AppError('FORBIDDEN', 'This request is not for this kind of caller.');
    if (actor.kind === 'agent' && this.rpc.roles && !this.rpc.roles.includes(actor.role)) {
      throw new AppError('FORBIDDEN', `Only ${this.rpc.roles.join(' or ')} may do this.`);
    }
    return true;
  }
}

class RequestPipe implements PipeTransform<unknown, object> {
  constructor(private readonly rpc: AnyRpc) {}

  transform(value: unknown): object {
    return validateShape(this.rpc.request, value);
  }
}

class RequestTimer implements NestInterceptor {
  constructor(private readonly rpc: AnyRpc) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const stop = duration.startTimer({ subject: this.rpc.subject });
    return next.handle().pipe(tap({ complete: () => stop({ outcome: 'ok' }), error: () => stop({ outcome: 'error' }) }));
  }
}

@Catch()
class RequestErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): Observable<never> {
    return throwError(() => toErrorBody(error, correlationIdOf(headersOf(host))));
  }
}

const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext) => callerOf(headersOf(context)));

const rpcMetadata = Symbol('relevo:rpc');

/** The request that a method handles by `@Handles`, if any. */
export const rpcHandledBy = (method: object): AnyRpc | undefined => Reflect.getMetadata(rpcMetadata, method) as AnyRpc | undefined;

type Handler<Request, Reply, Kind extends ActorKind> = (request: Request, caller: Caller<ActorOf<Kind>>) => Promise<Reply>;

/**
 * Makes a controller's method the handler of a request: `(request, caller) => Promise<reply>`, checked against the
 * contract at compile time. Caller, role and body are checked before it runs, and whatever it throws is mapped; a
 * handler cannot forget any of it.
 */
export function Handles<Request extends object, Reply extends object, Kind extends ActorKind>(rpc: Rpc<Request, Reply, Kind>) {
  return <M extends Handler<Request, Reply, Kind>>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>): void => {
    if (descriptor.value) Reflect.defineMetadata(rpcMetadata, rpc, descriptor.value);
    MessagePattern(rpc.subject, Transport.NATS)(target, key, descriptor);
    Payload(new RequestPipe(rpc))(target, key, 0);
    CallerParam()(target, key, 1);
    UseGuards(new CallerGuard(rpc))(target, key, descriptor);
    UseInterceptors(new RequestTimer(rpc))(target, key, descriptor);
    UseFilters(new RequestErrorFilter())(target, key, descriptor);
  };
}
