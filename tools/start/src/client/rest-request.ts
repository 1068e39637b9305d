import { isCommand, operations, type Operation } from '@relevo/contracts';
import type { Exchange } from './http.js';

/** The operation that asks this subject. */
export function operationOf(subject: string): Operation {
  const found = operations.find(({ rpc }) => rpc.subject === subject);
  if (!found) throw new Error(`The gateway has no operation for ${subject}`);
  return found;
}

function queryOf(fields: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') query.set(name, String(value));
  }
  return query.toString();
}

/** An operation's body, taken apart to where REST carries its parts: path, query of a GET, JSON body and `Idempotency-Key`. */
export function restRequestOf(operation: Operation, given: Readonly<Record<string, unknown>>): Exchange & { readonly path: string } {
  const rest = { ...given };
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    if (typeof value !== 'string') throw new Error(`${operation.method} ${operation.path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const { method } = operation;
  if (!isCommand(operation)) {
    const query = queryOf(rest);
    return { method, path: query === '' ? path : `${path}?${query}` };
  }
  const { commandId, ...body } = rest;
  return {
    method,
    path,
    headers: { 'content-type': 'application/json', ...(typeof commandId === 'string' && { 'idempotency-key': commandId }) },
    body: JSON.stringify(body),
  };
}
