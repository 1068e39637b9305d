import { en } from './en';
import { es, type Texts } from './es';
import { pt } from './pt';

export const languages = ['es', 'en', 'pt'] as const;
export type Language = (typeof languages)[number];

export const textsOf: Readonly<Record<Language, Texts>> = { es, en, pt };

/** Each in its own words. */
export const languageNames: Readonly<Record<Language, string>> = { es: 'Español', en: 'English', pt: 'Português' };

const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** Chosen here before (or in the console, which is of the same origin), else the first of the browser's that we speak, else Spanish. */
export function firstLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'es';
}
