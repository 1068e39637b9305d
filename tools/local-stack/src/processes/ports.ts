import { createSocket, type Socket } from 'node:dgram';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const outgoingFile = '/proc/sys/net/ipv4/ip_local_port_range';
const usualLowestOutgoing = 32_768;

/** Below the range that this machine gives to outgoing connections, so that none of those takes a port before its server listens, or while it is killed. */
const highest = lowestOutgoing() - 1;
const lowest = highest - 11_999;
const tries = 50;

const held = new Map<number, Socket>();

/**
 * Takes a port of 127.0.0.1 on which a server is to listen, now or later and again after a restart: false if somebody
 * listens on it or took it. Ours until it is given back or this process ends, however it ends.
 */
export async function takePort(port: number): Promise<boolean> {
  const hold = await bound(port);
  if (!hold) return false;
  if (!(await isFree(port))) {
    hold.close();
    return false;
  }
  held.set(port, hold);
  return true;
}

/** What was not taken may be given back too. */
export function giveBackPort(port: number): void {
  held.get(port)?.close();
  held.delete(port);
}

/** Takes `preferred` if it is free, else any. */
export async function takeFreePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await takePort(preferred))) return preferred;
  for (let attempt = 0; attempt < tries; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await takePort(port)) return port;
  }
  throw new Error(`Found no free port between ${lowest} and ${highest}`);
}

/** The port of UDP with this number, which nobody here speaks: for other processes of ours the sign that it is taken. */
async function bound(port: number): Promise<Socket | undefined> {
  const answer = Promise.withResolvers<Socket | undefined>();
  const socket = createSocket('udp4').unref();
  socket.once('error', () => {
    socket.close();
    answer.resolve(undefined);
  });
  socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => answer.resolve(socket));
  return answer.promise;
}

async function isFree(port: number): Promise<boolean> {
  const answer = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => answer.resolve(false));
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => answer.resolve(true)));
  return answer.promise;
}

function lowestOutgoing(): number {
  const said = existsSync(outgoingFile) ? Number.parseInt(readFileSync(outgoingFile, 'utf8'), 10) : usualLowestOutgoing;
  // Where next to all of them are given away there is no place below.
  return said > 13_000 ? said : usualLowestOutgoing;
}
