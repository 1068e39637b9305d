import { conversationsEvents, type TagView } from '@relevo/contracts';
import type { JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { refusalOf } from '../../test/a-conversation.js';
import { type CatalogueCommand, catalogueOf, type CatalogueState, nameKeyOf } from './catalogue.js';

const tags = catalogueOf<'tag', TagView>({
  noun: 'tag',
  name: 'name',
  max: 3,
  toEvent: ({ workspaceId, aggregateId, seq, type, data }) =>
    outgoing({ contract: conversationsEvents, workspaceId, aggregateId, seq, fact: type, payload: { noun: 'tag', workspaceId, tag: data } }),
});

const by = { kind: 'agent', id: 'admin', name: 'Admin' } as const;
const at = new Date('2026-01-01');

function play(...commands: CatalogueCommand<TagView>[]): CatalogueState<TagView> | null {
  return commands.reduce<CatalogueState<TagView> | null>((state, command, index) => {
    const decision = tags.decide(state, command, at);
    if (decision === null) return state;
    return tags.fold(state, { workspaceId: 'sur', aggregateId: 'tags', seq: index + 1, at, ...decision } as JournalEntry<'tag-created' | 'tag-changed', TagView>);
  }, null);
}

const create = (id: string, name: string): CatalogueCommand<TagView> => ({ type: 'create', by, item: { id, name, color: '#000000', archived: false } });
const change = (id: string, changes: Partial<Omit<TagView, 'id'>>): CatalogueCommand<TagView> => ({ type: 'change', by, id, changes });

it('names are unique regardless of case and accents, also when renamed; a name may be rewritten in another case', () => {
  expect(refusalOf(() => play(create('a', 'Facturación'), create('b', '  facturacion ')))).toBe('CONFLICT');
  expect(refusalOf(() => play(create('a', 'Facturación'), create('b', 'Envíos'), change('b', { name: 'FACTURACIÓN' })))).toBe('CONFLICT');
  expect(play(create('a', 'Facturación'), change('a', { name: 'FACTURACION' }))?.items).toMatchObject([{ name: 'FACTURACION' }]);
  expect(nameKeyOf('  Ñandú   ÇA ')).toBe('nandu ca');
});

it('changes what is given and nothing else; what changes nothing is no entry', () => {
  const state = play(create('a', 'Uno'), create('b', 'Dos'), change('a', { archived: true }));
  expect(state?.items).toEqual([
    { id: 'a', name: 'Uno', color: '#000000', archived: true },
    { id: 'b', name: 'Dos', color: '#000000', archived: false },
  ]);
  expect(tags.decide(state, change('a', { archived: true }), at)).toBeNull();
  expect(tags.decide(state, change('a', {}), at)).toBeNull();
});

it('knows only its own, and only so many', () => {
  expect(refusalOf(() => play(create('a', 'Uno'), change('x', { name: 'Dos' })))).toBe('NOT_FOUND');
  expect(refusalOf(() => play(create('a', '1'), create('b', '2'), create('c', '3'), create('d', '4')))).toBe('RULE_VIOLATED');
});
