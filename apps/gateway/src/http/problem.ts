import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { type ErrorBody, type ErrorCode, httpStatusOf } from '@relevo/contracts';
import { toErrorBody } from '@relevo/messaging';

/** RFC 9457. `type` is `about:blank`: the machine-readable name is `code`. */
export interface Problem extends Omit<ErrorBody, 'message'> {
  type: 'about:blank';
  title: string;
  status: number;
  detail: string;
  correlationId: string;
}

/** The framework's own errors (unknown path, undecodable URL, failed probe), as codes of ours. */
function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'UNAUTHENTICATED';
    case 403:
      return 'FORBIDDEN';
    case 404:
    case 405:
      return 'NOT_FOUND';
    case 413:
      return 'PAYLOAD_TOO_LARGE';
    case 415:
      return 'UNSUPPORTED_MEDIA';
    case 429:
      return 'RATE_LIMITED';
    case 503:
      return 'UNAVAILABLE';
    case 408:
    case 504:
      return 'TIMEOUT';
    default:
      return status < 500 ? 'VALIDATION_FAILED' : 'INTERNAL';
  }
}

/** The framework's own bodies carry `statusCode`; others (the report of a failed probe) are worth showing. */
function detailsOf(response: string | object): Record<string, unknown> | undefined {
  return typeof response === 'object' && !('statusCode' in response) ? (response as Record<string, unknown>) : undefined;
}

/** What a caller is told of anything thrown, over REST and sockets alike. */
export function errorBodyOf(error: unknown, correlationId: string): ErrorBody {
  if (!(error instanceof HttpException)) return toErrorBody(error, correlationId);
  const code = codeOfStatus(error.getStatus());
  // The framework's text repeats the URL, and a URL may hold what no log or screen should.
  const message = code === 'NOT_FOUND' ? 'There is nothing at this path.' : error.message;
  const details = detailsOf(error.getResponse());
  return { code, message, ...(details && { details }) };
}

export function problemOf(error: unknown, correlationId: string): Problem {
  const { code, message, errors, details } = errorBodyOf(error, correlationId);
  const status = httpStatusOf[code];
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    correlationId,
    ...(errors && { errors }),
    ...(details && { details }),
  };
}
