import { Logger } from '@nestjs/common';
import { AppError, type ErrorBody, isErrorBody } from '@relevo/contracts';
import { isDatabaseUnavailable } from '@relevo/platform';

const logger = new Logger('errors');

/**
 * What a caller is told of anything thrown. Errors of ours pass as they are; a database out of reach is `UNAVAILABLE`;
 * everything else is logged here and passes as `INTERNAL`, with nothing of its inside.
 */
export function toErrorBody(error: unknown, correlationId: string): ErrorBody {
  if (error instanceof AppError) return error.toBody();
  if (isDatabaseUnavailable(error)) {
    logger.warn({ correlationId, reason: String(error) }, 'the database is out of reach');
    return { code: 'UNAVAILABLE', message: 'The service cannot reach its database now. Try again.' };
  }
  logger.error({ correlationId, err: error }, 'unexpected error');
  return { code: 'INTERNAL', message: 'Something unexpected happened.' };
}

/** An error that came over the wire, as the type it was thrown as. */
export const fromWire = (value: unknown): AppError =>
  isErrorBody(value) ? AppError.fromBody(value) : new AppError('INTERNAL', 'Something unexpected happened.');
