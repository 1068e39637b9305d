import { createServer } from 'node:net';

const highestPort = 65_535;

/** Whether a server could listen on it now, on 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  const answer = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => answer.resolve(false));
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => answer.resolve(true)));
  return answer.promise;
}

/** The first `count` free ports from `first` upwards: people find what they know, or its neighbour. */
export async function portsFrom(first: number, count: number, free: (port: number) => Promise<boolean> = isFree): Promise<number[]> {
  const found: number[] = [];
  for (let port = first; found.length < count; port++) {
    if (port > highestPort) throw new Error(`There are no ${count} free ports from ${first} upwards.`);
    if (await free(port)) found.push(port);
  }
  return found;
}

/** Exactly `count` ports from `first`, which somebody asked for by number: another one would not do. */
export async function portsAt(first: number, count: number, free: (port: number) => Promise<boolean> = isFree): Promise<number[]> {
  const wanted = Array.from({ length: count }, (_, index) => first + index);
  for (const port of wanted) {
    if (port > highestPort || !(await free(port))) throw new Error(`Port ${port} is taken.`);
  }
  return wanted;
}
