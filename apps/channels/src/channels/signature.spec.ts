import { createHmac } from 'node:crypto';
import { isSignedWith, signatureOf } from './signature.js';

const secret = 'a'.repeat(64);
const body = '{"text":"¿qué tal? 👋"}';

it('signs the UTF-8 bytes of the body', () => {
  expect(signatureOf(body, secret)).toBe(`sha256=${createHmac('sha256', secret).update(Buffer.from(body)).digest('hex')}`);
});

it('believes its own signature, in either case of the digits', () => {
  expect(isSignedWith(secret, body, signatureOf(body, secret))).toBe(true);
  expect(isSignedWith(secret, body, signatureOf(body, secret).toUpperCase())).toBe(true);
});

it.each([
  ['nothing', ''],
  ['no scheme', signatureOf(body, secret).slice('sha256='.length)],
  ['another scheme', signatureOf(body, secret).replace('sha256', 'sha512')],
  ['a digit less', signatureOf(body, secret).slice(0, -1)],
  ['a digit more', `${signatureOf(body, secret)}0`],
  ['no digits', 'sha256='],
  ['letters beyond ASCII', `sha256=${'é'.repeat(64)}`],
  ['another secret', signatureOf(body, 'b'.repeat(64))],
  ['another body', signatureOf(`${body} `, secret)],
])('does not believe %s', (_, signature) => {
  expect(isSignedWith(secret, body, signature)).toBe(false);
});
