import { type BsonField, type BsonFields, readFields } from '../bson/fields.js';
import type { RetryKey } from '../engine/written-once.js';
import { CommandError } from '../errors/command-error.js';
import type { CommandMessage } from '../wire/messages.js';

/** A command as it came, with what the gateway itself needs to know of it. */
export interface Request {
  readonly connectionId: number;
  readonly name: string;
  readonly database: string;
  readonly body: Buffer;
  readonly fields: BsonFields;
  readonly sequences: ReadonlyMap<string, Buffer>;
  /** The session's id in hexadecimal. */
  readonly session: string | undefined;
  readonly txnNumber: bigint | undefined;
  readonly inTransaction: boolean;
}

export function toRequest(message: CommandMessage, connectionId: number): Request {
  const fields = readFields(message.body);
  const [name = ''] = fields.keys();
  const lsid = fields.get('lsid');
  const txnNumber = fields.get('txnNumber');
  return {
    connectionId,
    name,
    database: String(fields.get('$db') ?? ''),
    body: message.body,
    fields,
    sequences: message.sequences,
    session: Buffer.isBuffer(lsid) ? sessionOf(lsid) : undefined,
    txnNumber: typeof txnNumber === 'bigint' || typeof txnNumber === 'number' ? BigInt(txnNumber) : undefined,
    inTransaction: fields.get('autocommit') === false,
  };
}

export function sessionOf(lsid: Buffer): string | undefined {
  const id = readFields(lsid).get('id');
  return Buffer.isBuffer(id) ? id.toString('hex') : undefined;
}

/** The value of the field that names the command: a collection for most. */
export const subject = (request: Request): BsonField => request.fields.get(request.name) ?? null;

export function collectionOf(request: Request): string {
  const collection = subject(request);
  if (typeof collection !== 'string' || collection === '') throw new CommandError(73, `Invalid namespace specified for ${request.name}`);
  return collection;
}

/** What a repetition of this write is known by; a write in a transaction is repeated with its transaction or not at all. */
export function retryKeyOf({ session, txnNumber, inTransaction }: Request): RetryKey | undefined {
  return session !== undefined && txnNumber !== undefined && !inTransaction ? { session, txnNumber } : undefined;
}

/** Within a transaction, and at its end, the session and its number are never missing. */
export function transactionKeyOf({ session, txnNumber, name }: Request): RetryKey {
  if (session === undefined || txnNumber === undefined) throw new CommandError(72, `${name} in a transaction needs lsid and txnNumber`);
  return { session, txnNumber };
}
