import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

import { deserialize, type Document } from 'bson';

import { encode } from '../src/bson/documents.js';
import { FrameReader } from '../src/wire/frames.js';
import { opMsgReply } from '../src/wire/messages.js';

const bodyAt = 21;

/** Sends commands exactly as they are given, which no driver does: those put in sessions and numbers of their own. */
export class WireClient {
  private readonly frames = new FrameReader();
  private readonly waiting: ((reply: Document) => void)[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => {
      for (const frame of this.frames.push(chunk)) this.waiting.shift()?.(deserialize(frame.subarray(bodyAt)));
    });
  }

  static async connect(port: number): Promise<WireClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new WireClient(socket);
  }

  /** The reply, also if it is an error. */
  async command(command: Document): Promise<Document> {
    const reply = new Promise<Document>((resolve) => this.waiting.push(resolve));
    // A request differs from a reply only in what it answers: nothing.
    for (const part of opMsgReply(0, encode(command))) this.socket.write(part);
    return reply;
  }

  close(): void {
    this.socket.destroy();
  }
}
