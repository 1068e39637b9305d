import { AppError } from '@relevo/contracts';
import { newId } from '@relevo/platform';
import { errorBodyOf } from '../http/problem.js';

/** What a refused handshake's `connect_error` carries as `data`. */
export type Refusal = Error & { data?: object };

export function refusalOf(error: unknown): Refusal {
  const correlationId = newId();
  const body = errorBodyOf(error, correlationId);
  return Object.assign(new AppError(body.code, body.message), { data: { ...body, correlationId } });
}
