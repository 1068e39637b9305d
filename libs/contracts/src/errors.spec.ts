import { AppError, httpStatusOf, isErrorBody } from './errors.js';

describe('errors', () => {
  it.each(Object.entries(httpStatusOf))('%s travels as an HTTP error: %i', (_, status) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  it('cross the wire with their details, and without their cause', () => {
    const error = new AppError('CONFLICT', 'Twice.', { details: { by: 'ana' }, errors: [{ path: 'a', message: 'b' }], cause: new Error('secret') });
    const body: unknown = JSON.parse(JSON.stringify(error.toBody()));
    if (!isErrorBody(body)) throw new Error('is not recognised');
    expect(AppError.fromBody(body)).toEqual(error);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it.each([null, undefined, 'CONFLICT', {}, { code: 'NO_SUCH_CODE' }, { code: 'toString' }, { code: 7 }])('are not %j', (value) => {
    expect(isErrorBody(value)).toBe(false);
  });
});
