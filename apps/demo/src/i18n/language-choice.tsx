import { useSpoken } from './language-provider';
import { type Language, languageNames, languages } from './language';

export function LanguageChoice() {
  const { language, texts, speak } = useSpoken();
  return (
    <select aria-label={texts.language} value={language} onChange={({ target }) => speak(target.value as Language)}>
      {languages.map((one) => (
        <option key={one} value={one}>
          {languageNames[one]}
        </option>
      ))}
    </select>
  );
}
