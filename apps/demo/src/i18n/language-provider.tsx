import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Texts } from './es';
import { firstLanguage, type Language, textsOf } from './language';

interface Spoken {
  readonly language: Language;
  readonly texts: Texts;
  readonly speak: (language: Language) => void;
}

const SpokenContext = createContext<Spoken | null>(null);

const storageKey = 'relevo.language';

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(() => firstLanguage(localStorage.getItem(storageKey), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `Relevo · ${textsOf[language].title}`;
  }, [language]);
  const spoken = useMemo(() => {
    const speak = (chosen: Language): void => {
      localStorage.setItem(storageKey, chosen);
      setLanguage(chosen);
    };
    return { language, texts: textsOf[language], speak };
  }, [language]);
  return <SpokenContext value={spoken}>{children}</SpokenContext>;
}

export function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error('No language is spoken here');
  return spoken;
}

export const useTexts = (): Texts => useSpoken().texts;
