import { CommandError } from '../errors/command-error.js';

/** A top-level value: scalars decoded, documents, arrays and binaries as the bytes they are, everything else `null`. */
export type BsonField = string | number | bigint | boolean | Buffer | null;

export type BsonFields = ReadonlyMap<string, BsonField>;

/** BSON's element types whose values are of a fixed size and of no interest here, with that size in bytes. */
const opaqueSizes = new Map([
  [0x06, 0], // undefined
  [0x07, 12], // ObjectId
  [0x0a, 0], // null
  [0x13, 16], // decimal128
  [0x7f, 0], // max key
  [0xff, 0], // min key
]);

/**
 * Reads a document's own fields without decoding what is nested in them: a command is handed on as it came, and all that
 * the gateway needs of it is at the top. Fields are in the document's order; the first one names a command.
 */
export function readFields(document: Buffer): Map<string, BsonField> {
  const fields = new Map<string, BsonField>();
  let at = 4;
  while (document[at] !== 0) {
    const type = document[at];
    const nameEnd = document.indexOf(0, at + 1);
    if (type === undefined || nameEnd < 0) throw new CommandError(9, 'The document ends in the middle of a field');
    const name = document.toString('utf8', at + 1, nameEnd);
    const start = nameEnd + 1;
    const [value, size] = readValue(document, type, start);
    fields.set(name, value);
    at = start + size;
  }
  return fields;
}

function readValue(document: Buffer, type: number, start: number): [BsonField, number] {
  switch (type) {
    case 0x01:
      return [document.readDoubleLE(start), 8];
    case 0x02:
    case 0x0d:
    case 0x0e: {
      const length = document.readInt32LE(start);
      return [document.toString('utf8', start + 4, start + 3 + length), 4 + length];
    }
    case 0x03:
    case 0x04: {
      const length = document.readInt32LE(start);
      return [document.subarray(start, start + length), length];
    }
    case 0x05: {
      const length = document.readInt32LE(start);
      return [document.subarray(start + 5, start + 5 + length), 5 + length];
    }
    case 0x08:
      return [document[start] === 1, 1];
    case 0x09:
    case 0x11:
    case 0x12:
      return [document.readBigInt64LE(start), 8];
    case 0x0b: {
      const patternEnd = document.indexOf(0, start);
      return [null, document.indexOf(0, patternEnd + 1) + 1 - start];
    }
    case 0x10:
      return [document.readInt32LE(start), 4];
    default: {
      const size = opaqueSizes.get(type);
      if (size === undefined) throw new CommandError(9, `BSON element type 0x${type.toString(16)} is not known`);
      return [null, size];
    }
  }
}
