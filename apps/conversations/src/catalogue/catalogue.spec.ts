import fc from 'fast-check';
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

/** Zero-width, bidirectional, soft hyphen, fillers, variation and tag characters, controls. */
const hidden = [...'\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u115f\u3164\uffa0\u180e\ufe0f\u{e0001}\u{e0067}\u{e007f}\0\u0007\u007f'];
const wide = [...' \t\n\u0085\u00a0\u1680\u2002\u2009\u200a\u2028\u202f\u205f\u3000\u2800'];
const scattered = fc.array(fc.constantFrom(...hidden), { maxLength: 3 }).map((characters) => characters.join(''));
const spaced = fc.array(fc.constantFrom(...wide, ...hidden), { maxLength: 3 }).map((characters) => characters.join(''));

it('names that look the same are the same, whatever is hidden in them and however wide their spaces are', () => {
  const words = fc.array(fc.array(fc.constantFrom(...'aZñÇ7ß.#-'), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
  const lookAlike = words.chain((plain) =>
    fc.tuple(
      fc.constant(plain.map((word) => word.join('')).join(' ')),
      fc.tuple(...plain.map((word) => fc.tuple(spaced, fc.constantFrom(...wide), ...word.map((letter) => scattered.map((more) => letter + more))).map((parts) => parts.join('')))),
    ),
  );
  fc.assert(
    fc.property(lookAlike, spaced, ([plain, dressed], end) => {
      const name = dressed.join('') + end;
      expect(nameKeyOf(name)).toBe(nameKeyOf(plain));
      expect(refusalOf(() => play(create('a', plain), create('b', name)))).toBe('CONFLICT');
    }),
  );
});

it('emoji of several parts are names of their own', () => {
  const names = ['👩', '👩🏽', '🚀', '👩🚀', '👩‍🚀', '👩🏽‍🚀', '👨‍👩‍👧', '👨👩👧', '❤', '❤️‍🔥', '🏳️‍🌈', '🏴', '🏴‍☠️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🇪🇸', '🇵🇹'];
  expect(new Set(names.map(nameKeyOf)).size).toBe(names.length);
  const hiddenAfter = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...hidden.filter((character) => !/[\u{e0020}-\u{e007f}]/u.test(character))));
  fc.assert(fc.property(hiddenAfter, ([name, more]) => expect(nameKeyOf(`${name}${more}`)).toBe(nameKeyOf(name))));
});

it('whatever a name is, its key is that of its key', () => {
  fc.assert(fc.property(fc.string({ unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constantFrom(...hidden, ...wide, '👩', '🏴')) }), (name) => expect(nameKeyOf(nameKeyOf(name))).toBe(nameKeyOf(name))));
});

it('a name that shows nothing is refused, before anything else is looked at', () => {
  for (const name of ['\u200b', '\u3164', '\u00ad \u2060', '\u2800', '\ufe0f']) {
    expect(refusalOf(() => play(create('a', name)))).toBe('VALIDATION_FAILED');
    expect(refusalOf(() => play(create('a', 'Uno'), change('x', { name })))).toBe('VALIDATION_FAILED');
  }
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
