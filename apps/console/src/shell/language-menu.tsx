import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { speak } from '../i18n/i18n';
import { languageNames, languages } from '../i18n/language';
import { IconLanguage } from '../ui/icons';

/** For whoever has not signed in yet; afterwards it is in the account's menu. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation('common');
  const spoken = languageNames[i18n.language as keyof typeof languageNames];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconLanguage size={16} />} aria-label={`${t('language')}: ${spoken}`}>
          {spoken}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item key={language} lang={language} onClick={() => void speak(language)}>
            {languageNames[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
