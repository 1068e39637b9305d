import { excerptLimits, type TextPart } from '@relevo/contracts';
import { emailPattern, foldText, phoneDigits, phonePattern, splitWords, wordOfEmail } from './words.js';

/** The part of a text that shows why it was found. */
export interface Excerpt {
  /** One line. */
  readonly text: string;
  readonly marks: TextPart[];
}

/** How much of what stands before the first mark is shown: rows are narrow, and name who said it before that. */
const lead = 12;

/** What would be left out before it at least: a word or two less are not worth an ellipsis. */
const leastLeftOut = 4;

const spelling = /[\p{L}\p{N}\p{M}]+/gu;

interface Marking {
  /** As they were asked for, spelt and dialled. */
  readonly words: readonly string[];
  /** Whether the beginnings of words count, as of names. */
  readonly beginnings?: boolean;
}

const partsLike = (text: string, pattern: RegExp, lengthOf: (found: string) => number): TextPart[] =>
  [...text.matchAll(pattern)].flatMap(({ 0: found, index: from }) => {
    const length = lengthOf(found);
    return length === 0 ? [] : [{ from, to: from + length }];
  });

/** Where any of the words stand in a text, as texts are found by them; in order, apart from each other. */
export function partsWith(text: string, { words, beginnings = false }: Marking): TextPart[] {
  const asked = new Set(words);
  const wholeIf = (isFound: (found: string) => boolean) => (found: string) => (isFound(found) ? found.length : 0);
  const parts = [
    ...partsLike(text, emailPattern, wholeIf((found) => asked.has(wordOfEmail(foldText(found))))),
    ...partsLike(text, phonePattern, wholeIf((found) => isDialled(foldText(found), asked))),
    ...partsLike(text, spelling, (found) => {
      const folded = splitWords(foldText(found));
      if (folded.some((word) => asked.has(word))) return found.length;
      return beginnings ? Math.max(0, ...words.map((word) => (folded[0]?.startsWith(word) ? beginningOf(found, word) : 0))) : 0;
    }),
  ];
  return apart(parts.sort((a, b) => a.from - b.from));
}

function isDialled(run: string, asked: ReadonlySet<string>): boolean {
  const digits = phoneDigits(run);
  return digits !== null && [...asked].some((word) => phoneDigits(word) === word && digits.endsWith(word));
}

/** How much of a word is spelt like the beginning that was asked for: accents are characters of their own, or not. */
function beginningOf(word: string, asked: string): number {
  let length = 0;
  for (const character of word) {
    if (foldText(word.slice(0, length)).length >= asked.length && !/\p{M}/u.test(character)) break;
    length += character.length;
  }
  return length;
}

function apart(parts: readonly TextPart[]): TextPart[] {
  const all: TextPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last && part.from <= last.to) last.to = Math.max(last.to, part.to);
    else all.push({ ...part });
  }
  return all;
}

/** One line of a text around the first of its marks, within `excerptLimits`. */
export function excerptOf(text: string, parts: readonly TextPart[]): Excerpt {
  const first = parts[0]?.from ?? 0;
  const from = first <= lead + leastLeftOut ? 0 : afterSpace(text, first - lead, first);
  const room = excerptLimits.length - (from > 0 ? 1 : 0);
  const to = text.length - from <= room ? text.length : beforeSpace(text, from + room - 1, first);
  const [before, after] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  const marks = parts
    .filter((part) => part.from < to)
    .slice(0, excerptLimits.marks)
    .map((part) => ({ from: part.from - from + before.length, to: Math.min(part.to, to) - from + before.length }));
  return { text: `${before}${text.slice(from, to).replace(/\s/g, ' ')}${after}`, marks };
}

const isInsidePair = (text: string, index: number): boolean => /[\uDC00-\uDFFF]/.test(text[index] ?? '');

/** Where a word begins from there on; there itself when none does before `end`. */
function afterSpace(text: string, index: number, end: number): number {
  const space = text.slice(index, end).search(/\s\S/);
  if (space !== -1) return index + space + 1;
  return isInsidePair(text, index) ? index + 1 : index;
}

/** Where a word ends up to there; there itself when that would be before `start`, or far. */
function beforeSpace(text: string, index: number, start: number): number {
  const space = text.slice(0, index + 1).search(/\s\S*$/);
  if (space > Math.max(start, index - lead)) return space;
  return isInsidePair(text, index) ? index - 1 : index;
}
