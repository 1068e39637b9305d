import { encode } from '../bson/documents.js';
import { readFields } from '../bson/fields.js';
import type { Command } from './gateway.js';
import { sessionOf, subject, transactionKeyOf } from './request.js';

const ok = encode({ ok: 1 });

export const commitTransaction: Command = async (gateway, request) => {
  await gateway.transactions.commit(transactionKeyOf(request));
  return ok;
};

export const abortTransaction: Command = async (gateway, request) => {
  await gateway.transactions.abort(transactionKeyOf(request));
  return ok;
};

export const endSessions: Command = async (gateway, request) => {
  const sessions = subject(request);
  for (const lsid of Buffer.isBuffer(sessions) ? readFields(sessions).values() : []) {
    const session = Buffer.isBuffer(lsid) ? sessionOf(lsid) : undefined;
    if (session === undefined) continue;
    gateway.cursors.dropOfSession(session);
    await gateway.transactions.endSession(session);
  }
  return ok;
};
