/**
 * Every code a caller may meet, with the HTTP status it travels as. The table is the only place a code is mapped:
 * a new code does not exist until it stands here. Source: the public API contract, "Conventions".
 */
export const httpStatusOf = {
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_ASSIGNEE: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  ALREADY_ASSIGNED: 409,
  REPLY_OVERTAKEN: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  CONVERSATION_CLOSED: 422,
  TARGET_UNAVAILABLE: 422,
  VOICE_DISABLED: 422,
  RULE_VIOLATED: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
} as const;

export type ErrorCode = keyof typeof httpStatusOf;

/** One field that failed: `path` is dotted, from the root of the body (`message.text`). */
export interface FieldError {
  path: string;
  message: string;
}

/** How an error crosses NATS and reaches clients; nothing else of an error ever leaves a process. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  errors?: FieldError[];
  details?: Record<string, unknown>;
}

/** The one error type that is meant for a caller. Anything else that is thrown becomes `INTERNAL`. */
export class AppError extends Error {
  readonly errors?: FieldError[];
  readonly details?: Record<string, unknown>;

  constructor(
    readonly code: ErrorCode,
    message: string,
    more: { errors?: FieldError[]; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'AppError';
    this.errors = more.errors;
    this.details = more.details;
  }

  toBody(): ErrorBody {
    return {
      code: this.code,
      message: this.message,
      ...(this.errors && { errors: this.errors }),
      ...(this.details && { details: this.details }),
    };
  }

  static fromBody(body: ErrorBody): AppError {
    return new AppError(body.code, body.message, body);
  }
}

/** What does not exist and what the caller may not see are answered alike (product rule "Sight"). */
export const notFound = (noun: string): AppError => new AppError('NOT_FOUND', `No such ${noun}.`);

/** A limit is reached. `details.retryAfterMs` tells when a repeat may be taken; over REST `Retry-After` says it in seconds. */
export const rateLimited = (message: string, retryAfterMs: number): AppError =>
  new AppError('RATE_LIMITED', message, { details: { retryAfterMs: Math.max(1, Math.ceil(retryAfterMs)) } });

/** One field that failed; an empty path is the whole body. */
export const invalid = (path: string, message: string): AppError =>
  new AppError('VALIDATION_FAILED', path ? `${path}: ${message}` : `The body ${message}.`, { errors: [{ path, message }] });

/** Whether a value that crossed the wire is an error of ours. */
export function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && Object.hasOwn(httpStatusOf, value.code);
}
