import { invalid, searchLimits } from '@relevo/contracts';

/** Words are compared by their first so many characters; longer ones are links and keys that nobody types. */
const maxWord = 40;

/** What begins a name is looked for while it is typed, up to this many characters. */
const maxPrefix = 20;

/** Digits that are a phone's at least; of a phone each ending of so many is found, for few people write the country. */
const minPhone = 6;
const maxPhone = 15;

/** Texts that people would take for the same are the same: without accents, in one case. */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// Bounded in each part, so that a text of nothing but their characters costs no more than any other.
export const emailPattern = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
export const phonePattern = /\d[\d ().-]{4,24}\d/g;

const matches = (folded: string, pattern: RegExp): string[] => folded.match(pattern) ?? [];

const cut = (word: string, max: number): string => (word.length <= max ? word : [...word].slice(0, max).join(''));

/** Its words, of a text that was folded. */
export const splitWords = (folded: string): string[] => matches(folded, /[\p{L}\p{N}]+/gu).map((word) => cut(word, maxWord));

/** The word that an email is, of one that was folded. */
export const wordOfEmail = (found: string): string => cut(found, 2 * maxWord);

/** Of a run of digits and what stands between them; null where it is too short for a phone. */
export function phoneDigits(run: string): string | null {
  const digits = run.replace(/\D/g, '');
  return digits.length < minPhone ? null : digits.slice(-maxPhone);
}

const phonesIn = (folded: string): string[] => matches(folded, phonePattern).flatMap((run) => phoneDigits(run) ?? []);

const endings = (digits: string): string[] => Array.from({ length: digits.length - minPhone + 1 }, (_, index) => digits.slice(index));

/** Under what a text is found: its words, the emails in it as a whole, and each ending of what may be a phone. */
export function wordsOf(text: string): Set<string> {
  const folded = foldText(text);
  return new Set([...splitWords(folded), ...matches(folded, emailPattern).map(wordOfEmail), ...phonesIn(folded).flatMap(endings)]);
}

/** Under what a name is found: as a text, and by how each of its words begins. */
export function nameWordsOf(name: string): Set<string> {
  const words = wordsOf(name);
  for (const word of splitWords(foldText(name))) {
    const characters = [...word].slice(0, maxPrefix);
    for (let length = 1; length <= characters.length; length += 1) words.add(characters.slice(0, length).join(''));
  }
  return words;
}

/** What is asked for by a text: all of these words must be there. */
export interface AskedWords {
  /** As people write texts: `11 5555-1234` is three words. An email is one. */
  readonly spelt: readonly string[];
  /** With what may be a phone as one word; the same as `spelt` where nothing may be. */
  readonly dialled: readonly string[];
}

/** Of the field `q`; `VALIDATION_FAILED` for more words than can be looked for. */
export function askedWordsOf(text: string): AskedWords {
  const folded = foldText(text);
  const emails = matches(folded, emailPattern).map(wordOfEmail);
  const rest = folded.replace(emailPattern, ' ');
  const words = (more: readonly string[], of: string): string[] => [...new Set([...emails, ...more, ...splitWords(of)])];
  const spelt = words([], rest);
  if (spelt.length > searchLimits.words) throw invalid('q', `must be at most ${searchLimits.words} different words`);
  return { spelt, dialled: words(phonesIn(rest), rest.replace(phonePattern, (run) => (phoneDigits(run) === null ? run : ' '))) };
}
