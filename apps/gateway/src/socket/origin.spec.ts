import { isOriginAllowed } from './origin.js';

const allowed = ['https://desk.example.com'];

describe('the origin of a socket', () => {
  it.each([
    ['none: not a browser', { host: 'api.example.com' }],
    ['the host itself', { host: 'api.example.com', origin: 'https://api.example.com' }],
    ['the host in capitals', { host: 'API.example.com:3000', origin: 'http://api.example.com:3000' }],
    ['one that is allowed', { host: 'api.example.com', origin: 'https://desk.example.com' }],
  ])('may be %s', (_, headers) => {
    expect(isOriginAllowed(headers, allowed)).toBe(true);
  });

  it.each([
    ['another', { host: 'api.example.com', origin: 'https://evil.example.com' }],
    ['another port', { host: 'api.example.com:3000', origin: 'http://api.example.com:3001' }],
    ['an allowed one over http', { host: 'api.example.com', origin: 'http://desk.example.com' }],
    ['one that begins like an allowed one', { host: 'api.example.com', origin: 'https://desk.example.com.evil.com' }],
    ['null, of a sandboxed page', { host: 'api.example.com', origin: 'null' }],
    ['empty', { host: 'api.example.com', origin: '' }],
    ['anything without a host', { origin: 'https://api.example.com' }],
  ])('may not be %s', (_, headers) => {
    expect(isOriginAllowed(headers, allowed)).toBe(false);
  });
});
