import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

import { Binary, deserialize, type Document } from 'bson';

import { encode } from '../src/bson/documents.js';
import { FrameReader } from '../src/wire/frames.js';
import { opMsgReply } from '../src/wire/messages.js';

const bodyAt = 21;

/** The very command that a driver would send, and send again if the reply got lost; `session` are the 16 bytes of its id. */
export const asSent = (database: string, command: Document, session: Buffer, txnNumber: bigint): Document => ({
  ...command,
  $db: database,
  lsid: { id: new Binary(session, Binary.SUBTYPE_UUID) },
  txnNumber,
});

/** Sends commands exactly as they are given, which no driver does: those put in sessions and numbers of their own. */
export class WireClient {
  private readonly frames = new FrameReader();
  private readonly waiting: PromiseWithResolvers<Document>[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => {
      for (const frame of this.frames.push(chunk)) this.waiting.shift()?.resolve(deserialize(frame.subarray(bodyAt)));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.waiting.forEach(({ reject }) => reject(new Error('The connection broke'))));
  }

  static async connect(port: number): Promise<WireClient> {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    await once(socket, 'connect');
    return new WireClient(socket);
  }

  /** The reply, also if it is an error; rejects if there is none. */
  async command(command: Document): Promise<Document> {
    if (this.socket.destroyed) throw new Error('The connection is closed');
    const reply = Promise.withResolvers<Document>();
    this.waiting.push(reply);
    // A request differs from a reply only in what it answers: nothing.
    for (const part of opMsgReply(0, encode(command))) this.socket.write(part);
    return reply.promise;
  }

  close(): void {
    this.socket.destroy();
  }
}
