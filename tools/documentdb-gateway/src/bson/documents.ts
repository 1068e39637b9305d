import { deserialize, serialize, type Document } from 'bson';

import { readFields } from './fields.js';

/** The parts of a write command: an array in its body, or BSON documents one after the other in an OP_MSG section. */
export interface Statements {
  readonly count: number;
  at(index: number): Document | undefined;
}

const none: Statements = { count: 0, at: () => undefined };

export function statementsOf(sequence: Buffer | null, array: unknown): Statements {
  if (sequence) return ofDocuments(splitSequence(sequence));
  if (!Buffer.isBuffer(array)) return none;
  return ofDocuments([...readFields(array).values()].filter((value) => Buffer.isBuffer(value)));
}

/** Only asked where it decides something: whether a command is a batch, which is cheaper to know than its parts. */
export function isBatch(sequence: Buffer | null, array: unknown): boolean {
  if (sequence) return sequence.length > 4 && sequence.readInt32LE(0) < sequence.length;
  return Buffer.isBuffer(array) && readFields(array).size > 1;
}

const ofDocuments = (documents: readonly Buffer[]): Statements => ({
  count: documents.length,
  at: (index) => {
    const bytes = documents[index];
    return bytes && deserialize(bytes);
  },
});

function splitSequence(sequence: Buffer): Buffer[] {
  const documents: Buffer[] = [];
  for (let at = 0; at < sequence.length; ) {
    const length = sequence.readInt32LE(at);
    documents.push(sequence.subarray(at, at + length));
    at += length;
  }
  return documents;
}

export function encode(document: Document): Buffer {
  const bytes = serialize(document);
  // The same bytes under another name: what comes from `bson` may be a part of a larger buffer.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Numbers stay in BSON's own classes, so that a document that is changed in one place keeps its types elsewhere. */
export const decodeExactly = (document: Buffer): Document => deserialize(document, { promoteValues: false });
