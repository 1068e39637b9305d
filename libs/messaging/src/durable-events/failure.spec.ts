import { ClosedConnectionError, TimeoutError } from '@nats-io/transport-node';
import { AppError, type ErrorCode, httpStatusOf } from '@relevo/contracts';
import mongoose from 'mongoose';
import { isOutOfReach, oneLine, within } from './failure.js';

describe('isOutOfReach', () => {
  const waits: readonly string[] = ['UNAVAILABLE', 'TIMEOUT'] satisfies ErrorCode[];

  it.each(Object.keys(httpStatusOf) as ErrorCode[])('tells whether %s is worth waiting for', (code) => {
    expect(isOutOfReach(new AppError(code, 'x'))).toBe(waits.includes(code));
  });

  it.each([
    ['a database that cannot be reached', new mongoose.mongo.MongoNetworkError('connection closed'), true],
    ['a duplicate key', new mongoose.mongo.MongoServerError({ message: 'E11000', code: 11000 }), false],
    ['NATS that is silent', new TimeoutError(), true],
    ['NATS that is gone', new ClosedConnectionError(), true],
    ['a bug', new TypeError('x is not a function'), false],
    ['nothing', undefined, false],
  ])('%s', (_, error, expected) => expect(isOutOfReach(error)).toBe(expected));
});

describe('oneLine', () => {
  it.each([
    [new Error('two\r\nlines\u0000\tand more'), 'Error: two lines and more'],
    [new AppError('CONFLICT', 'Twice.'), 'CONFLICT: Twice.'],
    ['thrown text', 'thrown text'],
    [undefined, 'undefined'],
  ])('%p', (error, line) => expect(oneLine(error)).toBe(line));

  it('is short, and well-formed even where it is cut', () => {
    const line = oneLine('x' + '🙂'.repeat(500));
    expect(line.length).toBeLessThanOrEqual(200);
    expect(line.isWellFormed()).toBe(true);
  });
});

describe('within', () => {
  it('resolves or rejects as the work does', async () => {
    await expect(within(1_000, Promise.resolve())).resolves.toBeUndefined();
    await expect(within(1_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('rejects when the work takes longer', async () => {
    await expect(within(5, new Promise(() => undefined))).rejects.toThrow('not done after 5 ms');
  });
});
