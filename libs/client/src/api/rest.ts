import { aborted, RelevoError, refusalIn, unreachable } from './error.js';
import type { Gateways } from './gateways.js';
import type { RestRequest } from './rest-request.js';

export type Fetch = typeof globalThis.fetch;

/** One exchange each, over HTTP. Whatever goes wrong is a `RelevoError`. */
export class Rest {
  constructor(
    private readonly gateways: Gateways,
    private readonly fetch: Fetch,
    /** A gateway gives up by itself long before. */
    private readonly timeoutMs: number,
  ) {}

  async exchange({ method, path, headers, body }: RestRequest, token?: string, signal?: AbortSignal): Promise<unknown> {
    const url = this.gateways.current;
    const timeout = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await this.fetch(`${url}${path}`, {
        method,
        headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        body: body ?? null,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        // The token says who asks, and nothing else may.
        credentials: 'omit',
        cache: 'no-store',
      });
      return await answerOf(response);
    } catch (error) {
      if (error instanceof RelevoError) throw error;
      if (signal?.aborted) throw aborted();
      this.gateways.isAway(url);
      throw unreachable(`${method} ${path.split('?')[0]} was not answered.`, error);
    }
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = bodyOf(text);
  if (response.ok && body !== undefined) return body;
  // A proxy's own page, whatever its status, says that the gateway was not reached.
  throw new RelevoError(refusalIn(body) ?? { code: response.status >= 500 || response.ok ? 'UNREACHABLE' : 'INTERNAL', message: `HTTP ${response.status}` });
}

function bodyOf(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
