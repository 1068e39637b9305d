import type { OperationName } from '@relevo/contracts';

export interface RestRequest {
  readonly method: string;
  /** Under the gateway's root. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

function queryOf(fields: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** An operation's body, taken apart to where REST carries its parts: path, query of a GET, JSON body and `Idempotency-Key`. */
export function restRequestOf(name: OperationName, given: Readonly<Record<string, unknown>>): RestRequest {
  const [method = '', template = ''] = name.split(' ');
  const rest = { ...given };
  const path = `/v1${template.replace(/:(\w+)/g, (_, field: string) => {
    const value = rest[field];
    delete rest[field];
    if (typeof value !== 'string') throw new TypeError(`${name} needs ${field}`);
    return encodeURIComponent(value);
  })}`;
  if (method === 'GET') return { method, path: `${path}${queryOf(rest)}`, headers: {} };
  const { commandId, ...body } = rest;
  return {
    method,
    path,
    headers: { 'content-type': 'application/json', ...(typeof commandId === 'string' && { 'idempotency-key': commandId }) },
    body: JSON.stringify(body),
  };
}
