import type { ErrorCode, FieldError } from '@relevo/contracts';

/**
 * Codes of the contract, and three of the client's own: `UNREACHABLE`, no answer came, so it is not known whether anything
 * happened; `ABORTED`, whoever asked does not want it any more; `FILE_LOST`, the page that had a file went before it was
 * uploaded.
 */
export type RelevoErrorCode = ErrorCode | 'UNREACHABLE' | 'ABORTED' | 'FILE_LOST';

/** What a refusal carries, over REST (problem+json), a socket's ack and a refused handshake alike. */
export interface Refusal {
  readonly code: RelevoErrorCode;
  readonly message: string;
  readonly errors?: readonly FieldError[];
  readonly details?: Readonly<Record<string, unknown>>;
  /** To be found in the services' logs. */
  readonly correlationId?: string;
}

/** The one error that this library throws for what a gateway answered, or did not. */
export class RelevoError extends Error implements Refusal {
  readonly code: RelevoErrorCode;
  readonly errors: readonly FieldError[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly correlationId?: string;

  constructor({ code, message, errors = [], details = {}, correlationId }: Refusal, cause?: unknown) {
    super(message, { cause });
    this.name = 'RelevoError';
    this.code = code;
    this.errors = errors;
    this.details = details;
    if (correlationId !== undefined) this.correlationId = correlationId;
  }

  /** As it can be kept and shown later. */
  get refusal(): Refusal {
    const { code, message, errors, details, correlationId } = this;
    return { code, message, errors, details, ...(correlationId !== undefined && { correlationId }) };
  }
}

export const unreachable = (message: string, cause?: unknown): RelevoError => new RelevoError({ code: 'UNREACHABLE', message }, cause);

export const aborted = (): RelevoError => new RelevoError({ code: 'ABORTED', message: 'Nobody waits for it any more.' });

/** Anything thrown, as this library's error. */
export const errorOf = (error: unknown): RelevoError => (error instanceof RelevoError ? error : unreachable(error instanceof Error ? error.message : String(error), error));

/** Asking the same again, later, may be answered: a gateway or service is away, or too much was asked at once. */
export const isPassing = ({ code }: RelevoError): boolean => code === 'UNREACHABLE' || code === 'UNAVAILABLE' || code === 'TIMEOUT' || code === 'RATE_LIMITED';

/** How long a limit asks to wait, in ms; 0 when it says nothing. */
export const retryAfterOf = ({ details }: RelevoError): number => (typeof details.retryAfterMs === 'number' ? details.retryAfterMs : 0);

/** What a body says of an error, if it is one of the contract's. A proxy in between answers with pages of its own. */
export function refusalIn(body: unknown): Refusal | null {
  if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'string') return null;
  const { code, message, detail, errors, details, correlationId } = body as Partial<Refusal> & { detail?: string };
  return {
    code: code as RelevoErrorCode,
    message: message ?? detail ?? '',
    ...(Array.isArray(errors) && { errors }),
    ...(details && { details }),
    ...(correlationId !== undefined && { correlationId }),
  };
}
