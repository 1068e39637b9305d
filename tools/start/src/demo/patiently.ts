import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@relevo/contracts';

const everyMs = 200;

/** Repeats what found nobody home, which is safe because every command has its id. Anything else is thrown at once. */
export async function patiently<T>(ask: () => Promise<T>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const mayPass = error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT' || error.code === 'RATE_LIMITED');
      if (!mayPass || Date.now() > deadline) throw error;
      await delay(everyMs);
    }
  }
}
