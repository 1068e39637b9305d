import { AppError } from '@relevo/contracts';
import { givenAttributes } from './given-attributes.js';

const pathsOf = (attributes: Record<string, unknown>): (string | undefined)[] => {
  try {
    givenAttributes(attributes);
    return [];
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'VALIDATION_FAILED') throw error;
    return (error.errors ?? []).map(({ path }) => path);
  }
};

it('takes text under keys like those of definitions', () => {
  const attributes = { email: 'l@example.org', first_order: '', note: 'x'.repeat(1_000) };
  expect(givenAttributes(attributes)).toEqual(attributes);
  expect(givenAttributes()).toEqual({});
});

it.each([
  ['a number', { age: 7 }, 'attributes.age'],
  ['null', { age: null }, 'attributes.age'],
  ['an object', { home: { city: 'Salta' } }, 'attributes.home'],
  ['text that is too long', { note: 'x'.repeat(1_001) }, 'attributes.note'],
  ['text that cannot be stored', { note: '\ud800' }, 'attributes.note'],
  ['a key with a capital', { City: 'Salta' }, 'attributes.City'],
  ['a key with a dot', { 'a.b': 'x' }, 'attributes.a.b'],
  ['a key like an operator', { $set: 'x' }, 'attributes.$set'],
  ['an empty key', { '': 'x' }, 'attributes.'],
  ['a key that is too long', { ['k'.repeat(41)]: 'x' }, `attributes.${'k'.repeat(41)}`],
])('names %s', (_, attributes, path) => {
  expect(pathsOf({ ok: 'x', ...attributes })).toEqual([path]);
});

it('takes at most 50', () => {
  const attributes = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, 'x']));
  expect(pathsOf(attributes)).toEqual(['attributes.a50']);
});
