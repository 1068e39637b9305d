import type { AttributeDefinition } from '@relevo/contracts';
import { catalogueAggregate, type CatalogueEntry, type CatalogueState, maxDefinitions } from './catalogue.js';

const by = { kind: 'agent', id: 'ana', name: 'Ana' } as const;
const at = new Date('2026-03-01T10:00:00Z');
const aDefinition = (key: string): AttributeDefinition => ({ key, label: key, type: 'text', required: false, readOnly: false, options: [] });
const aCommand = (key: string) => ({ type: 'define', by, definition: aDefinition(key) }) as const;

const entryOf = (seq: number, key: string): CatalogueEntry => ({
  _id: `a:${seq}`,
  aggregateId: 'a',
  workspaceId: 'sur',
  seq,
  commandKey: `${seq}`,
  fingerprint: null,
  at,
  type: 'attribute-defined',
  actor: by,
  data: aDefinition(key),
  published: false,
  version: 1,
});

const catalogueOf = (...keys: string[]): CatalogueState =>
  keys.reduce<CatalogueState | null>((state, key, index) => catalogueAggregate.fold(state, entryOf(index + 1, key)), null)!;

it('keeps definitions in their order', () => {
  expect(catalogueOf('email', 'city')).toEqual({ workspaceId: 'sur', seq: 2, at, definitions: [aDefinition('email'), aDefinition('city')] });
});

it('has a key once', () => {
  expect(catalogueAggregate.decide(null, aCommand('email'), at)).toEqual({ type: 'attribute-defined', actor: by, data: aDefinition('email') });
  expect(catalogueAggregate.decide(catalogueOf('city'), aCommand('email'), at)).not.toBeNull();
  expect(() => catalogueAggregate.decide(catalogueOf('city', 'email'), aCommand('email'), at)).toThrow('key: is taken');
});

it('is bounded', () => {
  const full = catalogueOf(...Array.from({ length: maxDefinitions }, (_, index) => `a${index}`));
  expect(() => catalogueAggregate.decide(full, aCommand('email'), at)).toThrow('at most');
});

it('tells the world the new definition alone', () => {
  const state = catalogueOf('city', 'email');
  expect(catalogueAggregate.toEvents(catalogueOf('city'), state, entryOf(2, 'email'))).toEqual([
    expect.objectContaining({ fact: 'attribute-defined', seq: 2, payload: { noun: 'attribute', workspaceId: 'sur', attribute: aDefinition('email') } }),
  ]);
});

describe('changing a definition', () => {
  const change = (changes: object, key = 'email') => ({ type: 'change', by, key, changes }) as const;

  it('changes what is given; key and type stay', () => {
    const state = catalogueOf('city', 'email');
    const decision = catalogueAggregate.decide(state, change({ label: 'Correo', required: true }), at)!;
    expect(decision).toMatchObject({ type: 'attribute-changed', data: { key: 'email', label: 'Correo', type: 'text', required: true } });
    const after = catalogueAggregate.fold(state, { ...entryOf(3, 'email'), ...decision });
    expect(after.definitions.map(({ label }) => label)).toEqual(['city', 'Correo']);
    expect(catalogueAggregate.decide(after, change({ label: 'Correo' }), at)).toBeNull();
    expect(() => catalogueAggregate.decide(state, change({ label: 'x' }, 'nothing'), at)).toThrow('No such attribute');
  });

  it('leaves options to lists, which need them', () => {
    const list = { ...aDefinition('plan'), type: 'list' } as const;
    expect(() => catalogueAggregate.decide(null, { type: 'define', by, definition: list }, at)).toThrow('options');
    expect(catalogueAggregate.decide(null, { type: 'define', by, definition: { ...list, options: ['pro'] } }, at)).not.toBeNull();
    expect(() => catalogueAggregate.decide(catalogueOf('email'), change({ options: ['a'] }), at)).toThrow('options');
  });
});
