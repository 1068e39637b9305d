import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AppError } from '@relevo/contracts';
import type { Content } from './store/file-store.js';

/** Without a connection, or an answer to the end of a file, by then the scanner is down. */
const connectMs = 1_500;
const verdictMs = 60_000;

const down = (cause?: unknown): AppError => new AppError('UNAVAILABLE', 'Files cannot be checked now. Try again.', { cause });

/** What is to be checked, on its way to where it goes. */
export interface Scan {
  /** The same bytes, once the scanner has taken them. */
  through(content: Content): AsyncGenerator<Uint8Array>;
  /** After the last byte: `RULE_VIOLATED` for an infected file. */
  verdict(): Promise<void>;
  /** Lets the scanner go, whatever happened. */
  end(): void;
}

/**
 * clamd's INSTREAM (docs.clamav.net, "clamd protocol"): each chunk after its length, a length of nothing at the end, then
 * `stream: OK` or `stream: <name> FOUND`.
 */
export async function scanWith({ host, port }: { host: string; port: number }): Promise<Scan> {
  const socket = connect({ host, port });
  socket.on('error', () => undefined);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(connectMs) });
    await send(socket, Buffer.from('zINSTREAM\0'));
  } catch (error) {
    socket.destroy();
    throw down(error);
  }
  return {
    async *through(content) {
      for await (const chunk of content) {
        await send(socket, lengthOf(chunk.length));
        await send(socket, chunk);
        yield chunk;
      }
    },
    async verdict() {
      await send(socket, lengthOf(0));
      if (!socket.readableEnded) await once(socket, 'end', { signal: AbortSignal.timeout(verdictMs) }).catch((error: unknown) => Promise.reject(down(error)));
      const [, name] = /^stream: (.+) FOUND\0?$/.exec(answer.trim()) ?? [];
      if (name !== undefined) throw new AppError('RULE_VIOLATED', 'The file is infected.', { errors: [{ path: 'file', message: 'is infected' }], details: { found: name.slice(0, 200) } });
      if (!/^stream: OK\0?$/.test(answer.trim())) throw down(answer);
    },
    end: () => void socket.destroy(),
  };
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** A scanner that closes or does not take any more is down. */
async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.destroyed || !socket.writable) throw down();
  if (socket.write(bytes)) return;
  await once(socket, 'drain', { signal: AbortSignal.timeout(connectMs) }).catch((error: unknown) => Promise.reject(down(error)));
}
