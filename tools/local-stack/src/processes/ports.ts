import { createServer } from 'node:net';

// Below the range that systems give to outgoing connections, so that none of those takes a port between our look and
// the server's start.
const lowest = 20_000;
const highest = 31_999;
const tries = 50;

/** Whether a server could listen on it now, on 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  const answer = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => answer.resolve(false));
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => answer.resolve(true)));
  return answer.promise;
}

/** `preferred` if it is free, else any. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < tries; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await isFree(port)) return port;
  }
  throw new Error(`Found no free port between ${lowest} and ${highest}`);
}
