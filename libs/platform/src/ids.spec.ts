import { digestId } from './ids.js';

it('gives the same id for the same parts, and another for parts cut elsewhere', () => {
  expect(digestId('a', 'bc')).toBe(digestId('a', 'bc'));
  expect(digestId('a', 'bc')).not.toBe(digestId('ab', 'c'));
  expect(digestId('ñ')).toMatch(/^[A-Za-z0-9_-]{22}$/);
});
