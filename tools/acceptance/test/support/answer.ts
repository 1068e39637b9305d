import { isCommand, type Operation } from '@relevo/contracts';
import type { Socket } from 'socket.io-client';

export type Fields = Readonly<Record<string, unknown>>;

/** What came of asking, the same for REST and socket: `ok`, or the error's code. */
export interface Outcome {
  readonly code: string;
  /** Of REST only. */
  readonly status?: number;
  /** The answer, or the error without what differs each time. */
  readonly body: Fields;
}

/** Longer than any answer may take; only keeps a broken run from hanging. */
const patienceMs = 60_000;

const failure = (status: number | undefined, { code, message, errors, details }: Fields): Outcome => ({
  code: String(code),
  ...(status !== undefined && { status }),
  body: { code, message, errors, details },
});

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As it goes over the wire. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export async function overHttp(gatewayUrl: string, { method, path, token, headers, body }: Exchange): Promise<Outcome> {
  const response = await fetch(`${gatewayUrl}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(patienceMs),
  });
  const { status } = response;
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const answer = (text !== '' && isJson ? JSON.parse(text) : {}) as Fields;
  if (response.ok) return { code: 'ok', status, body: answer };
  return failure(status, { ...answer, code: answer.code ?? `status ${status} without a code`, message: answer.detail });
}

/** An operation's whole body, taken apart to where REST carries its parts. */
export function exchangeOf(operation: Operation, fields: Fields): Exchange {
  const rest: Record<string, unknown> = { ...fields };
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const { method } = operation;
  if (isCommand(operation)) return { method, path: `/v1${path}`, body: JSON.stringify(rest) };
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)])).toString();
  return { method, path: query === '' ? `/v1${path}` : `/v1${path}?${query}` };
}

export async function overSocket(socket: Socket, event: string, ...body: unknown[]): Promise<Outcome> {
  const ack = (await socket.timeout(patienceMs).emitWithAck(event, ...body)) as { ok: true; data: Fields } | { ok: false; error: Fields };
  return ack.ok ? { code: 'ok', body: ack.data } : failure(undefined, ack.error);
}
