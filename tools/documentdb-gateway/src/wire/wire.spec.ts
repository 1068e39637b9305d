import { deserialize } from 'bson';
import fc from 'fast-check';

import { encode } from '../bson/documents.js';
import { FrameReader, maxMessageBytes } from './frames.js';
import { opMsgReply, parseMessage } from './messages.js';

const message = (document: Record<string, unknown>): Buffer => Buffer.concat(opMsgReply(0, encode(document)));

const cut = (stream: Buffer, sizes: readonly number[]): Buffer[] => {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const size of sizes) chunks.push(stream.subarray(at, (at += size)));
  return [...chunks, stream.subarray(at)];
};

describe('frames', () => {
  it('come out as they went in, however TCP cuts them', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 40 })), (texts, sizes) => {
        const frames = texts.map((text) => message({ text }));
        const reader = new FrameReader();
        const read = cut(Buffer.concat(frames), sizes).flatMap((chunk) => reader.push(chunk));
        expect(read).toEqual(frames);
      }),
    );
  });

  it('of impossible lengths are refused', () => {
    const frame = message({ ping: 1 });
    for (const length of [-1, 0, 15, maxMessageBytes + 1]) {
      frame.writeInt32LE(length, 0);
      expect(() => new FrameReader().push(frame)).toThrow(RangeError);
    }
  });
});

/** An OP_MSG with a body and one document sequence, as drivers send a batch. */
function withSequence(flags: number): Buffer {
  const body = encode({ insert: 'c', $db: 'd' });
  const documents = Buffer.concat([encode({ _id: 1 }), encode({ _id: 2 })]);
  const name = Buffer.from('documents\0');
  const sequenceLength = Buffer.alloc(4);
  sequenceLength.writeInt32LE(4 + name.length + documents.length);
  const head = Buffer.alloc(20);
  const checksum = flags & 1 ? Buffer.alloc(4) : Buffer.alloc(0);
  const frame = Buffer.concat([head, Buffer.from([0]), body, Buffer.from([1]), sequenceLength, name, documents, checksum]);
  frame.writeInt32LE(frame.length, 0);
  frame.writeInt32LE(77, 4);
  frame.writeInt32LE(2013, 12);
  frame.writeUInt32LE(flags, 16);
  return frame;
}

describe('messages', () => {
  it('are taken apart, with and without a checksum', () => {
    for (const flags of [0, 1]) {
      const parsed = parseMessage(withSequence(flags));
      if (parsed.kind !== 'command') throw new Error('This is no handshake');
      expect(deserialize(parsed.body)).toEqual({ insert: 'c', $db: 'd' });
      expect(parsed.sequences.get('documents')).toEqual(Buffer.concat([encode({ _id: 1 }), encode({ _id: 2 })]));
      expect(parsed).toMatchObject({ requestId: 77, wantsReply: true });
    }
  });

  it('that want no reply say so', () => {
    expect(parseMessage(withSequence(2))).toMatchObject({ wantsReply: false });
  });

  it('whose sections reach beyond them, or of another kind, are refused', () => {
    const tooLong = message({ ping: 1 });
    tooLong.writeInt32LE(1_000, 21);
    expect(() => parseMessage(tooLong)).toThrow(RangeError);
    const otherKind = message({ ping: 1 });
    otherKind.writeInt32LE(2001, 12);
    expect(() => parseMessage(otherKind)).toThrow(RangeError);
  });
});
