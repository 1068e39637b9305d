import { AppError, type ErrorBody, httpStatusOf } from '@relevo/contracts';

/** One exchange with a gateway, by then answered or given up: it answers within its own limits long before. */
const exchangeMs = 60_000;

export interface Exchange {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A problem (RFC 9457) as the error it was thrown as, or undefined when it is none of ours. */
function errorOf(value: unknown): AppError | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value) || typeof value.code !== 'string' || !(value.code in httpStatusOf)) return undefined;
  const { code, detail, errors, details } = value as Omit<ErrorBody, 'message'> & { detail?: string };
  return new AppError(code, detail ?? code, { ...(errors && { errors }), ...(details && { details }) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Asks a gateway. What it refuses is thrown as `AppError`; out of reach, or cut off half-way, is `UNAVAILABLE`. */
export async function exchange(url: string, { method, headers, body }: Exchange): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(exchangeMs) });
    text = await response.text();
  } catch (cause) {
    throw new AppError('UNAVAILABLE', `${method} ${url} got no answer.`, { cause });
  }
  const value = parsed(text);
  if (response.ok) return value;
  throw errorOf(value) ?? new Error(`${method} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
}
