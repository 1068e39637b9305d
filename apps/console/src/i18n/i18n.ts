import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { allTexts } from './all-texts';
import { firstLanguage, type Language, languages } from './language';

const storageKey = 'relevo.language';

const namespaces = Object.keys(allTexts) as (keyof typeof allTexts)[];

const resources = Object.fromEntries(
  languages.map((language) => [language, Object.fromEntries(namespaces.map((namespace) => [namespace, allTexts[namespace][language]]))]),
);

/** Before the first render. React makes every text inert, so none is escaped twice. */
export async function startI18n(): Promise<i18n> {
  const lng = firstLanguage(localStorage.getItem(storageKey), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng,
    resources,
    ns: namespaces,
    defaultNS: 'common',
    fallbackLng: false,
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = lng;
  return i18next;
}

/** For this browser; the agent's own setting follows them to others. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** What an agent chose elsewhere holds here unless this browser was told otherwise. */
export async function speakUnlessChosen(language: Language): Promise<void> {
  if (localStorage.getItem(storageKey) === null && i18next.language !== language) await speak(language);
}
