import { deserialize, type Document } from 'bson';

import { encode } from '../bson/documents.js';

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;

const checksumPresent = 1;
const moreToCome = 2;

export interface CommandMessage {
  readonly kind: 'command';
  readonly requestId: number;
  readonly body: Buffer;
  /** Document sequences by their name: `documents`, `updates`, `deletes`. */
  readonly sequences: ReadonlyMap<string, Buffer>;
  readonly wantsReply: boolean;
}

/** The first message of drivers that do not know yet whether OP_MSG is spoken here. */
export interface LegacyHandshake {
  readonly kind: 'legacy-handshake';
  readonly requestId: number;
  readonly query: Document;
}

export function parseMessage(frame: Buffer): CommandMessage | LegacyHandshake {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  if (opCode === opQuery) {
    const collectionEnd = frame.indexOf(0, 20);
    return { kind: 'legacy-handshake', requestId, query: deserialize(frame.subarray(collectionEnd + 9)) };
  }
  if (opCode !== opMsg) throw new RangeError(`Op code ${opCode} is not spoken here`);
  return parseOpMsg(frame, requestId);
}

function parseOpMsg(frame: Buffer, requestId: number): CommandMessage {
  const flags = frame.readUInt32LE(16);
  const end = flags & checksumPresent ? frame.length - 4 : frame.length;
  const sequences = new Map<string, Buffer>();
  let body: Buffer | undefined;
  for (let at = 20; at < end; ) {
    const kind = frame[at];
    const start = at + 1;
    const length = frame.readInt32LE(start);
    if (length < 5 || start + length > end) throw new RangeError('A section reaches beyond its message');
    if (kind === 0) {
      body = frame.subarray(start, start + length);
    } else {
      const nameEnd = frame.indexOf(0, start + 4);
      sequences.set(frame.toString('latin1', start + 4, nameEnd), frame.subarray(nameEnd + 1, start + length));
    }
    at = start + length;
  }
  if (!body) throw new RangeError('A message needs a body');
  return { kind: 'command', requestId, body, sequences, wantsReply: (flags & moreToCome) === 0 };
}

let lastRequestId = 0;
const nextRequestId = (): number => (lastRequestId = (lastRequestId + 1) & 0x7fffffff);

const opMsgHeadBytes = 21;

/** Header and document are two buffers, so that a page of documents is not copied once more. */
export function opMsgReply(responseTo: number, document: Buffer): [Buffer, Buffer] {
  const head = Buffer.alloc(opMsgHeadBytes);
  writeHeader(head, opMsgHeadBytes + document.length, responseTo, opMsg);
  return [head, document];
}

export function opReplyReply(responseTo: number, reply: Document): [Buffer, Buffer] {
  const document = encode(reply);
  const head = Buffer.alloc(36);
  writeHeader(head, head.length + document.length, responseTo, opReply);
  const awaitCapable = 8;
  head.writeInt32LE(awaitCapable, 16);
  const documents = 1;
  head.writeInt32LE(documents, 32);
  return [head, document];
}

function writeHeader(head: Buffer, length: number, responseTo: number, opCode: number): void {
  head.writeInt32LE(length, 0);
  head.writeInt32LE(nextRequestId(), 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(opCode, 12);
}
