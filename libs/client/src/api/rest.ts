import { aborted, RelevoError, refusalIn, unreachable } from './error.js';
import type { Gateways } from './gateways.js';
import type { RestRequest } from './rest-request.js';
import { type SendForm, sendForm as sendFormHere } from '../files/send-form.js';

export type Fetch = typeof globalThis.fetch;

/** Without a byte that moves, an upload is given up after this; who cannot tell how far it has come has so long for all of it. */
const stalledMs = 120_000;

export interface FormRequest {
  /** Under the gateway's root. */
  readonly path: string;
  readonly form: FormData;
  readonly onProgress: (progress: number) => void;
}

/** One exchange each, over HTTP. Whatever goes wrong is a `RelevoError`. */
export class Rest {
  constructor(
    private readonly gateways: Gateways,
    private readonly fetch: Fetch,
    /** A gateway gives up by itself long before. */
    private readonly timeoutMs: number,
    private readonly sendForm: SendForm = sendFormHere,
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
      return answerIn(response.status, await response.text());
    } catch (error) {
      if (error instanceof RelevoError) throw error;
      if (signal?.aborted) throw aborted();
      this.gateways.isAway(url);
      throw unreachable(`${method} ${path.split('?')[0]} was not answered.`, error);
    }
  }

  /** A form with a file. It takes as long as it takes, while its bytes move; `onProgress`: 0 to 1. */
  async upload({ path, form, onProgress }: FormRequest, token: string, signal: AbortSignal): Promise<unknown> {
    const url = this.gateways.current;
    const stalled = new AbortController();
    const watch = (): ReturnType<typeof setTimeout> => setTimeout(() => stalled.abort(), stalledMs);
    let timer = watch();
    const progress = (sent: number, total: number): void => {
      clearTimeout(timer);
      timer = watch();
      onProgress(total > 0 ? sent / total : 0);
    };
    try {
      const { status, text } = await this.sendForm({ url: `${url}${path}`, token, form, onProgress: progress, signal: AbortSignal.any([signal, stalled.signal]) });
      return answerIn(status, text);
    } catch (error) {
      if (error instanceof RelevoError) throw error;
      if (signal.aborted) throw aborted();
      this.gateways.isAway(url);
      throw unreachable(`POST ${path} was not answered.`, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

function answerIn(status: number, text: string): unknown {
  const body = bodyOf(text);
  const isOk = status >= 200 && status < 300;
  if (isOk && body !== undefined) return body;
  // A proxy's own page, whatever its status, says that the gateway was not reached.
  throw new RelevoError(refusalIn(body) ?? { code: status >= 500 || isOk ? 'UNREACHABLE' : 'INTERNAL', message: `HTTP ${status}` });
}

function bodyOf(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
