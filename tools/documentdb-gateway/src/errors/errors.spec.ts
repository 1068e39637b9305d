import { EngineError, EngineGone, toEngineFailure } from '../engine/engine-error.js';
import { CommandError } from './command-error.js';
import { duplicateKey, writtenBy, writtenInDetail } from './duplicate-key.js';
import { errorReply } from './error-reply.js';
import { errorCodeOf, unpackSqlState } from './sql-state.js';

const alone = { name: 'update', inTransaction: false };
const inTransaction = { name: 'update', inTransaction: true };
const commit = { name: 'commitTransaction', inTransaction: true };

describe('SQLSTATEs', () => {
  it('are unpacked from the int that the engine reports', () => {
    // Seen in a write error of the engine for a duplicate key.
    expect(unpackSqlState(319_029_277)).toBe('M001C');
  });

  it.each([
    ['M001C', 11000],
    ['23P01', 11000],
    ['40P01', 112],
    ['57014', 50],
    ['57P01', 91],
    ['57P03', 91],
    ['08006', 91],
    ['M0ZZZ', 2],
    ['XX000', 1],
  ])('%s is %d', (sqlState, code) => expect(errorCodeOf(sqlState)).toBe(code));
});

describe('replies to failures', () => {
  it('let a driver repeat a write, or a commit, when the database is gone', () => {
    const gone = new EngineGone('killed');
    expect(errorReply(gone, alone)).toMatchObject({ ok: 0, code: 91, codeName: 'ShutdownInProgress', errorLabels: ['RetryableWriteError'] });
    expect(errorReply(gone, inTransaction)).toMatchObject({ errorLabels: ['TransientTransactionError'] });
    expect(errorReply(gone, commit)).toMatchObject({ errorLabels: ['RetryableWriteError'] });
  });

  it('let it start a transaction again after a conflict, and call a lock a conflict there', () => {
    const lock = new EngineError('55P03', 'lock not available');
    expect(errorReply(lock, inTransaction)).toMatchObject({ code: 112, errorLabels: ['TransientTransactionError'] });
    expect(errorReply(lock, alone)).toMatchObject({ code: 24 });
    expect(errorReply(new CommandError(251, 'gone'), commit)).toMatchObject({ errorLabels: ['TransientTransactionError'] });
  });

  it('carry details, and no labels where there are none', () => {
    const reply = errorReply(new CommandError(11000, 'E11000', { keyPattern: { a: 1 } }), alone);
    expect(reply).toEqual({ ok: 0, errmsg: 'E11000', code: 11000, codeName: 'DuplicateKey', keyPattern: { a: 1 } });
  });

  it('tell a lost connection from a pool that is used up', () => {
    expect(toEngineFailure(new Error('Connection terminated unexpectedly'))).toBeInstanceOf(EngineGone);
    expect(toEngineFailure(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBeInstanceOf(EngineGone);
    expect(errorReply(toEngineFailure(new Error('timeout exceeded when trying to connect')), alone)).toMatchObject({ code: 262 });
  });
});

describe('duplicate keys', () => {
  it('take their values from nested and dotted paths alike', () => {
    const index = { name: 'i', key: { 'contact.email': 1, team: 1, gone: 1 } };
    const expected = { 'contact.email': 'a', team: 2, gone: null };
    expect(duplicateKey('d.c', index, { contact: { email: 'a' }, team: 2 }).keyValue).toEqual(expected);
    expect(duplicateKey('d.c', index, { 'contact.email': 'a', team: 2 }).keyValue).toEqual(expected);
    expect(duplicateKey('d.c', index, undefined)).toMatchObject({
      keyPattern: index.key,
      errmsg: 'E11000 duplicate key error collection: d.c index: i dup key: { contact.email: null, team: null, gone: null }',
    });
  });

  it('know what an update sets and what its filter demands', () => {
    expect(writtenBy({ _id: 1, team: 2, at: { $gt: 3 }, $or: [] }, { $set: { team: 4 }, $setOnInsert: { by: 'x' }, $inc: { n: 1 } })).toEqual({
      _id: 1,
      team: 4,
      by: 'x',
    });
    expect(writtenBy({ _id: 1 }, { team: 5 })).toEqual({ _id: 1, team: 5 });
    expect(writtenBy({ _id: 1 }, [{ $set: { team: 5 } }])).toEqual({ _id: 1 });
  });

  it('read the document that PostgreSQL quotes', () => {
    const document = '0c0000001061000300000000';
    expect(writtenInDetail(`Key (document, f(document, 'x'::bson))=(BSONHEX${document}, BSONHEX00) conflicts with existing key`)).toEqual({ a: 3 });
    expect(writtenInDetail('Key (shard_key_value, object_id)=(2, BSONHEX0b00000010000800000000) already exists.')).toEqual({ _id: 8 });
    expect(writtenInDetail('Something else')).toBeUndefined();
  });
});
