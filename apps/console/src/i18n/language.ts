export const languages = ['es', 'en', 'pt'] as const;
export type Language = (typeof languages)[number];

/** Each in its own words. */
export const languageNames: Readonly<Record<Language, string>> = { es: 'Español', en: 'English', pt: 'Português' };

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** Chosen here before, else the first of the browser's that we speak, else Spanish. */
export function firstLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'es';
}
