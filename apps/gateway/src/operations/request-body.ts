import { type Class, invalid, isCommand, type Operation, validateShape } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import type { Request, Response } from 'express';
import { parseJsonObject } from '../http/json.js';
import { localsOf } from '../http/locals.js';
import { noQuery, queryFields } from '../http/query.js';

/** What a REST request gives of an operation's body. */
export interface RestRequest {
  readonly params: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly body: Record<string, unknown>;
  readonly idempotencyKey: string | undefined;
}

/** The JSON body of a request whose body the interceptor has read, and which takes no query. */
export function bodyAs<T extends object>(type: Class<T>, request: Request, response: Response): T {
  noQuery(request.query);
  return validateShape(type, parseJsonObject(localsOf(response).rawBody ?? Buffer.alloc(0), request.headers['content-type']));
}

/** The same of what needs no `commandId` and may have one. */
export function bodyWithKeyAs<T extends object>(type: Class<T>, request: Request, response: Response): T {
  noQuery(request.query);
  const body = parseJsonObject(localsOf(response).rawBody ?? Buffer.alloc(0), request.headers['content-type']);
  const commandId = givenCommandId({ body, idempotencyKey: idempotencyKeyOf(request) });
  return validateShape(type, { ...body, ...(commandId !== undefined && { commandId }) });
}

/** Node joins a repeated header with a comma, which no key may hold: two keys are refused like any bad one. */
export function idempotencyKeyOf({ headers }: Request): string | undefined {
  const header = headers['idempotency-key'];
  return Array.isArray(header) ? header.join(', ') : header;
}

function commandIdOf(request: RestRequest): unknown {
  const given = givenCommandId(request);
  return given === undefined ? newId() : given;
}

/** A key in the body is the header by another name; two that differ are a caller's mistake. */
function givenCommandId({ body, idempotencyKey }: Pick<RestRequest, 'body' | 'idempotencyKey'>): unknown {
  if (idempotencyKey === undefined) return body.commandId;
  if (body.commandId !== undefined && body.commandId !== idempotencyKey) {
    throw invalid('commandId', 'differs from the header Idempotency-Key');
  }
  return idempotencyKey;
}

/**
 * The one body that an operation's contract checks, put together from where REST carries its parts: the path, the query
 * of a GET or else the JSON body, and the header `Idempotency-Key` as `commandId` (made here when absent).
 */
export function bodyOf(operation: Operation, request: RestRequest): Record<string, unknown> {
  const asksOnly = operation.method === 'GET';
  if (!asksOnly) noQuery(request.query);
  const given = asksOnly ? queryFields(request.query) : request.body;
  for (const name of Object.keys(request.params)) {
    if (Object.hasOwn(given, name)) throw invalid(name, 'is given by the path');
  }
  return { ...given, ...request.params, ...(isCommand(operation) && { commandId: commandIdOf(request) }) };
}
