import { useEffect } from 'react';
import { speakUnlessChosen } from '../i18n/i18n';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';

/** What the agent chose anywhere holds here. */
export function useSettingsHere(): void {
  const locale = useStore(useRelevo().directory.settings)?.locale;
  useEffect(() => {
    if (locale) void speakUnlessChosen(locale);
  }, [locale]);
}
