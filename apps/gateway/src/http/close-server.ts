import type { Server } from 'node:http';

const sweepMs = 100;

/**
 * Nothing listens any more. A connection ends when it has its answer, at once if nothing is asked on it, and when `lastMs`
 * are over in any case: `close` alone waits for those that were asked on meanwhile as long as they are kept alive, and for
 * ever for one on which nothing was ever asked.
 */
export function closeServer(server: Server, lastMs: number): void {
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  const end = setTimeout(() => server.closeAllConnections(), lastMs);
  server.close(() => {
    clearInterval(sweep);
    clearTimeout(end);
  });
}
