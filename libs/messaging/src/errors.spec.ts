import { Logger } from '@nestjs/common';
import { AppError } from '@relevo/contracts';
import mongoose from 'mongoose';
import { fromWire, toErrorBody } from './errors.js';

describe('toErrorBody', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('passes our errors as they are', () => {
    const error = new AppError('CONFLICT', 'Twice.', { details: { by: 'ana' } });
    expect(toErrorBody(error, 'c1')).toEqual({ code: 'CONFLICT', message: 'Twice.', details: { by: 'ana' } });
  });

  it('says UNAVAILABLE when the database cannot be reached', () => {
    expect(toErrorBody(new mongoose.mongo.MongoNetworkError('10.0.0.7 refused'), 'c1')).toEqual({
      code: 'UNAVAILABLE',
      message: expect.not.stringContaining('10.0.0.7') as string,
    });
  });

  it.each([new Error('secret'), 'secret', { code: 'CONFLICT', message: 'secret' }, null])('tells nothing of %p', (error) => {
    expect(toErrorBody(error, 'c1')).toEqual({ code: 'INTERNAL', message: 'Something unexpected happened.' });
  });
});

describe('fromWire', () => {
  it('makes an AppError of what was one', () => {
    const error = fromWire({ code: 'CONFLICT', message: 'Twice.', details: { by: 'ana' } });
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'CONFLICT', message: 'Twice.', details: { by: 'ana' } });
  });

  it.each(['Internal server error', { status: 'error', message: 'secret' }, 7])('makes INTERNAL of anything else: %p', (value) => {
    expect(fromWire(value).toBody()).toEqual({ code: 'INTERNAL', message: 'Something unexpected happened.' });
  });
});
