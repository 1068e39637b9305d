import { Catch, type ExceptionFilter, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type EventContract, eventSubject, type Visibility } from '@relevo/contracts';
import { type Observable, throwError } from 'rxjs';

/** What a handler is told about its event beside the payload. */
export interface EventContext {
  readonly workspaceId: string;
  readonly aggregateId: string;
  /** What happened, as the subject's last word. */
  readonly fact: string;
  /** Place in the stream; a replayed dead letter has a new one. */
  readonly streamSeq: number;
  /** Times NATS handed it out, this one included; says nothing about errors. */
  readonly deliveryCount: number;
}

/** Nest hands a handler to the servers with its transport id only: requests and both streams keep apart in one app. */
export const eventTransport: Readonly<Record<Visibility, symbol>> = {
  internal: Symbol.for('relevo.events.internal'),
  public: Symbol.for('relevo.events.public'),
};

/** Nest's own filter would turn a plain error into "Internal server error"; what decides about a retry needs the original. */
@Catch()
class RethrowFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

type Handler<Event> = (payload: Event, context: EventContext) => Promise<void>;

/**
 * Makes a controller's method the handler of an event: `(payload, context) => Promise<void>`, the payload typed by its
 * fact. An event comes at least once, entries of one aggregate in order within a replica; a handler must be idempotent.
 * Several handlers of one fact each get it, and get it again when one of them fails.
 */
export function HandlesEvent<Facts extends object, Fact extends keyof Facts & string>(
  contract: EventContract<object, Facts>,
  fact: Fact | readonly Fact[],
) {
  return <M extends Handler<Facts[Fact]>>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>): void => {
    const facts: readonly string[] = typeof fact === 'string' ? [fact] : fact;
    const subjects = facts.map((word) => eventSubject(contract, { fact: word }));
    EventPattern(subjects, eventTransport[contract.visibility])(target, key, descriptor);
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    UseFilters(new RethrowFilter())(target, key, descriptor);
  };
}
