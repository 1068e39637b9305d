import type { Socket } from 'node:net';

import type { Document } from 'bson';

import { FrameReader } from './frames.js';
import { opMsgReply, opReplyReply, parseMessage, type CommandMessage } from './messages.js';

/** What a connection's messages are for. Neither may throw: a failure is a reply too. */
export interface MessageHandler {
  run(message: CommandMessage, connectionId: number): Promise<Buffer>;
  greet(handshake: Document, connectionId: number): Document;
}

/** One client's socket: its messages are answered one after the other, in the order in which they came. */
export function serveConnection(socket: Socket, connectionId: number, handler: MessageHandler): void {
  const frames = new FrameReader();
  let previous = Promise.resolve();
  socket.setNoDelay(true);
  // What is wrong with a socket shows in `close`; without a listener it would end the process.
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const frame of frames.push(chunk)) {
        previous = previous.then(() => answer(socket, frame, connectionId, handler)).catch(() => void socket.destroy());
      }
    } catch {
      // A stream that is cut wrongly once cannot be cut rightly again.
      socket.destroy();
    }
  });
}

async function answer(socket: Socket, frame: Buffer, connectionId: number, handler: MessageHandler): Promise<void> {
  const message = parseMessage(frame);
  if (message.kind === 'legacy-handshake') {
    send(socket, opReplyReply(message.requestId, handler.greet(message.query, connectionId)));
    return;
  }
  const reply = await handler.run(message, connectionId);
  if (message.wantsReply) send(socket, opMsgReply(message.requestId, reply));
}

/** Corked: one packet, not one for the header and one for the document. */
function send(socket: Socket, buffers: readonly Buffer[]): void {
  if (socket.destroyed) return;
  socket.cork();
  for (const buffer of buffers) socket.write(buffer);
  socket.uncork();
}
