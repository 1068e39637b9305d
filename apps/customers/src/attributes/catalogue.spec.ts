import { catalogueAggregate, type CatalogueEntry, type CatalogueState, maxDefinitions } from './catalogue.js';

const by = { kind: 'agent', id: 'ana', name: 'Ana' } as const;
const at = new Date('2026-03-01T10:00:00Z');
const aDefinition = (key: string) => ({ key, label: key, type: 'text', required: false, readOnly: false }) as const;
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
