import { bearerToken } from './bearer-token.js';

describe('the bearer token', () => {
  it.each([
    ['Bearer a.b-c_d.e', 'a.b-c_d.e'],
    ['bearer abc', 'abc'],
    ['Bearer  abc ', 'abc'],
    ['Bearer abc==', 'abc=='],
  ])('of %j is %j', (header, token) => {
    expect(bearerToken(header)).toBe(token);
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'abc', 'Bearer a b', 'xBearer abc'])('of %j is none', (header) => {
    expect(bearerToken(header)).toBeUndefined();
  });
});
