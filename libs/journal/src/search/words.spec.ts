import { askedWordsOf, foldText, nameWordsOf, wordsOf } from './words.js';

it('takes for the same what people take for the same', () => {
  expect(foldText('CAMIÓN ñandú Ç ﬁn ① İ')).toBe('camion nandu c fin 1 i');
  for (const text of ['CAMIÓN', 'İstanbul', 'ẞ Ω Σας', 'Ǆ ﬀ ⅷ']) expect(foldText(foldText(text))).toBe(foldText(text));
});

it('finds a text by each of its words', () => {
  expect([...wordsOf('¿Dónde está mi pedido? ¡Mi PEDIDO!')]).toEqual(['donde', 'esta', 'mi', 'pedido']);
  expect([...wordsOf('😀 … —')]).toEqual([]);
  expect([...wordsOf('𝒜𝒷 日本語 привет')]).toEqual(['ab', '日本語', 'привет']);
});

it('finds an email as a whole, and a phone however it is grouped and without its country', () => {
  expect(wordsOf('Escribime a Lucia.Paz+x@Example.com.ar.')).toContain('lucia.paz+x@example.com.ar');
  const words = wordsOf('Mi número es +54 9 11 5555-1234, gracias');
  for (const ending of ['5491155551234', '1155551234', '55551234', '551234']) expect(words).toContain(ending);
  expect(words).not.toContain('51234');
  expect(words).toContain('5555');
});

it('cuts what nobody types to a bounded length, between characters', () => {
  expect([...wordsOf('x'.repeat(500))]).toEqual(['x'.repeat(40)]);
  expect([...wordsOf('𝔶'.repeat(500))]).toEqual(['y'.repeat(40)]);
  expect([...wordsOf('𠀀'.repeat(500))]).toEqual(['𠀀'.repeat(40)]);
});

it('finds a name by how its words begin', () => {
  expect([...nameWordsOf('Ana Ñu')].sort()).toEqual(['a', 'an', 'ana', 'n', 'nu']);
});

it('asks for all words, for an email as one, and for a phone in both ways', () => {
  expect(askedWordsOf('  Pedido ROTO pedido ')).toEqual({ spelt: ['pedido', 'roto'], dialled: ['pedido', 'roto'] });
  expect(askedWordsOf('lucia@example.com').spelt).toEqual(['lucia@example.com']);
  expect(askedWordsOf('juan 11 5555-1234')).toEqual({ spelt: ['juan', '11', '5555', '1234'], dialled: ['1155551234', 'juan'] });
  expect(askedWordsOf('12 34')).toEqual({ spelt: ['12', '34'], dialled: ['12', '34'] });
  expect(askedWordsOf('¿?').spelt).toEqual([]);
});

it('asks for a bounded number of words', () => {
  const words = (count: number): string => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');
  expect(askedWordsOf(`${words(10)} w1 W2`).spelt).toHaveLength(10);
  expect(() => askedWordsOf(words(11))).toThrow('at most 10');
});

it('takes time in proportion to the text, whatever it is made of', () => {
  // Of this process, not of the machine.
  const started = process.cpuUsage();
  for (const text of ['a', '.', 'a.', 'a@', '1', '1 ', '(1'].map((part) => part.repeat(4_096 / part.length))) wordsOf(text);
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
});
