import { BadRequestException, HttpException, NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { AppError, httpStatusOf, invalid } from '@relevo/contracts';
import { Logger } from '@nestjs/common';
import { problemOf } from './problem.js';

Logger.overrideLogger(false);

const cid = 'cid-1';

describe('problems', () => {
  it.each(Object.keys(httpStatusOf) as (keyof typeof httpStatusOf)[])('of %s carry its status', (code) => {
    const problem = problemOf(new AppError(code, 'Because.'), cid);
    expect(problem).toEqual({ type: 'about:blank', title: expect.any(String) as string, status: httpStatusOf[code], code, detail: 'Because.', correlationId: cid });
  });

  it('name the fields and give the details', () => {
    expect(problemOf(invalid('text', 'is too long'), cid)).toMatchObject({ errors: [{ path: 'text', message: 'is too long' }] });
    expect(problemOf(new AppError('CONFLICT', 'x', { details: { id: 1 } }), cid)).toMatchObject({ details: { id: 1 } });
  });

  it.each([
    [new NotFoundException('Cannot GET /v1/x?token=abc'), 404, 'NOT_FOUND'],
    [new BadRequestException('bad'), 400, 'VALIDATION_FAILED'],
    [new HttpException('x', 405), 404, 'NOT_FOUND'],
    [new HttpException('x', 408), 504, 'TIMEOUT'],
    [new HttpException('x', 413), 413, 'PAYLOAD_TOO_LARGE'],
    [new HttpException('x', 415), 415, 'UNSUPPORTED_MEDIA'],
    [new HttpException('x', 418), 400, 'VALIDATION_FAILED'],
    [new HttpException('x', 502), 500, 'INTERNAL'],
  ])('of the framework’s %s are ours', (error, status, code) => {
    const problem = problemOf(error, cid);
    expect(problem).toMatchObject({ status, code });
    expect(problem.detail).not.toContain('token');
    expect(problem).not.toHaveProperty('details');
  });

  it('of a probe say what is not ready', () => {
    expect(problemOf(new ServiceUnavailableException({ nats: 'not connected' }), cid)).toMatchObject({ status: 503, code: 'UNAVAILABLE', details: { nats: 'not connected' } });
  });

  it.each([new Error('secret'), 'secret', undefined, { code: 'secret' }])('of %p tell nothing', (error) => {
    const problem = problemOf(error, cid);
    expect(problem).toMatchObject({ status: 500, code: 'INTERNAL', correlationId: cid });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });
});
