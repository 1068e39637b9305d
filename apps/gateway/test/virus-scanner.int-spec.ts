import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { formOf, noise } from './support/form.js';
import { System } from './support/system.js';

const infected = Buffer.from('--infectado-para-la-prueba--');

/** A clamd, as far as INSTREAM goes. */
class Scanner {
  /** Bytes of each file that it was given. */
  readonly scanned: Buffer[] = [];
  silent = false;
  private constructor(readonly server: Server) {}

  static async start(): Promise<Scanner> {
    const server = createServer();
    const scanner = new Scanner(server);
    server.on('connection', (socket) => void scanner.serve(socket).catch(() => socket.destroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return scanner;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async serve(socket: Socket): Promise<void> {
    let held = Buffer.alloc(0);
    const source = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const take = async (bytes: number): Promise<Buffer> => {
      while (held.length < bytes) {
        const next = await source.next();
        if (next.done) throw new Error('it went');
        held = Buffer.concat([held, next.value]);
      }
      const taken = held.subarray(0, bytes);
      held = held.subarray(bytes);
      return taken;
    };
    expect((await take(10)).toString()).toBe('zINSTREAM\0');
    const chunks: Buffer[] = [];
    for (let length = (await take(4)).readUInt32BE(); length > 0; length = (await take(4)).readUInt32BE()) chunks.push(await take(length));
    const file = Buffer.concat(chunks);
    this.scanned.push(file);
    if (!this.silent) socket.end(file.includes(infected) ? 'stream: Prueba.Nada FOUND\0' : 'stream: OK\0');
  }
}

let scanner: Scanner;
let system: System;
let token: string;

beforeAll(async () => {
  scanner = await Scanner.start();
  system = await System.start(1, { CLAMD: scanner.address });
  token = await system.tokenOf(system.services.hire('ana'));
});

afterAll(async () => {
  scanner?.server.close();
  await system?.stop();
});

const post = async (bytes: Buffer): Promise<{ status: number; json: object }> => {
  const response = await fetch(`${system.url}/v1/attachments`, { method: 'POST', body: formOf({ bytes }), headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, json: (await response.json()) as object };
};
const kept = async (): Promise<number[]> => {
  const connection = system.gateways[0]!.get<Connection>(getConnectionToken());
  return Promise.all(['uploads', 'files.files', 'files.chunks'].map((name) => connection.collection(name).countDocuments()));
};

it('a clean file is an attachment, once the scanner has seen all of it', async () => {
  const bytes = noise(1_500_000);
  expect(await post(bytes)).toMatchObject({ status: 200, json: { size: bytes.length } });
  expect(scanner.scanned.at(-1)!.equals(bytes)).toBe(true);
});

it('an infected file is refused, and nothing of it is stored', async () => {
  const before = await kept();
  expect(await post(Buffer.concat([noise(600_000), infected]))).toMatchObject({ status: 422, json: { code: 'RULE_VIOLATED', errors: [{ path: 'file' }], details: { found: 'Prueba.Nada' } } });
  expect(await kept()).toEqual(before);
});

it('a scanner that is down is UNAVAILABLE, and nothing is stored', async () => {
  const before = await kept();
  const closed = once(scanner.server, 'close');
  scanner.server.close();
  await closed;
  expect(await post(noise(1_000))).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
  expect(await kept()).toEqual(before);
});
