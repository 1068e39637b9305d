import { ClosedConnectionError, ConnectionError, DrainingConnectionError, NoRespondersError, RequestError, TimeoutError } from '@nats-io/transport-node';
import { AppError } from '@relevo/contracts';
import { isDatabaseUnavailable } from '@relevo/platform';

const connectionErrors = [ClosedConnectionError, ConnectionError, DrainingConnectionError, NoRespondersError, RequestError, TimeoutError];

/** Whether an error tells of something out of reach, which no retry is too many for, rather than of the handler. */
export function isOutOfReach(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT';
  return isDatabaseUnavailable(error) || connectionErrors.some((type) => error instanceof type);
}

const maxLength = 200;

/** An error on one short line, fit for a header. */
export function oneLine(error: unknown): string {
  const text = error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, maxLength).toWellFormed();
}

/** Rejects when `work` is not done in time; it cannot be stopped, and whatever comes of it later is dropped. */
export async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the handler was not done after ${ms} ms`)), ms).unref();
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
