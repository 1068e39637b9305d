import { excerptLimits } from '@relevo/contracts';
import fc from 'fast-check';
import { excerptOf, partsWith } from './excerpt.js';
import { askedWordsOf, nameWordsOf, wordsOf } from './words.js';

const askedFor = (q: string): string[] => {
  const { spelt, dialled } = askedWordsOf(q);
  return [...spelt, ...dialled];
};

/** As it is shown, with marks in brackets. */
function shown(text: string, q: string, beginnings = false): string {
  const excerpt = excerptOf(text, partsWith(text, { words: askedFor(q), beginnings }));
  return excerpt.marks.reduceRight((line, { from, to }) => `${line.slice(0, from)}[${line.slice(from, to)}]${line.slice(to)}`, excerpt.text);
}

it('marks what was looked for, regardless of accents and case, as it was written', () => {
  expect(shown('¿Llegó el CAMIÓN? El camión azul', 'camion llego')).toBe('¿[Llegó] el [CAMIÓN]? El [camión] azul');
  expect(shown('camio\u0301n, Σας, ﬁn', 'camión σας fin')).toBe('[camio\u0301n], [Σας], [ﬁn]');
  expect(shown('camiones', 'camion')).toBe('camiones');
});

it('marks emails as a whole, and phones by their last digits, however they are grouped', () => {
  expect(shown('Soy Lucía@Example.com, sí', 'lucia@example.com')).toBe('Soy [Lucía@Example.com], sí');
  expect(shown('mi número es +54 9 11 5555-1234, gracias', '1155551234')).toBe('mi número es +[54 9 11 5555-1234], gracias');
  expect(shown('+5491155551234', '5555-1234')).toBe('+[5491155551234]');
});

it('marks of a name’s words as much as was typed', () => {
  expect(shown('María de los Ángeles Sosa', 'mari ang', true)).toBe('[Marí]a de los [Áng]eles Sosa');
  expect(shown('Mari\u0301a', 'mari', true)).toBe('[Mari\u0301]a');
});

it('shows one line around the first mark, in whole words', () => {
  const words = Array.from({ length: 100 }, (_, index) => `palabra${index}`).join('\n');
  expect(shown(words, 'palabra50')).toMatch(/^…palabra49 \[palabra50\] palabra51 .*palabra\d+…$/);
  expect(shown('a\nb', 'b')).toBe('a [b]');
  expect(shown('Una nota de crédito', 'credito')).toBe('Una nota de [crédito]');
});

it('of whatever text is within its limits, marks in order and apart, and splits no character', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', 'e\u0301', ' ', '\n', '1', '-', '@', '.', '𝒜', '🎉', '日'), maxLength: 600 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'é', ' ', '1', '日', '𝒜'), maxLength: 20 }).filter((q) => askedFor(q).length > 0), (said, q) => {
      const excerpt = excerptOf(said, partsWith(said, { words: askedFor(q) }));
      expect(excerpt.text.length).toBeLessThanOrEqual(excerptLimits.length);
      expect(excerpt.text.isWellFormed()).toBe(true);
      expect(excerpt.marks.length).toBeLessThanOrEqual(excerptLimits.marks);
      let last = -1;
      for (const { from, to } of excerpt.marks) {
        expect(from).toBeGreaterThan(last);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(excerpt.text.length);
        last = to;
      }
    }),
  );
});

it('marks something wherever all words are found', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', 'b', ' ', '1', '2', '-', '日'), maxLength: 60 });
  fc.assert(
    fc.property(text, text, (said, more) => {
      const words = askedFor(more).slice(0, 5);
      if (words.length === 0) return;
      if (words.every((word) => wordsOf(said).has(word))) expect(partsWith(said, { words })).not.toEqual([]);
      if (words.every((word) => nameWordsOf(said).has(word))) expect(partsWith(said, { words, beginnings: true })).not.toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});
