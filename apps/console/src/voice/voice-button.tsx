import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconMicrophone } from '../ui/icons';

export function VoiceButton({ onRecord }: { readonly onRecord: () => void }) {
  const { t } = useTranslation('voice');
  return (
    <ActionIcon size="md" aria-label={t('record')} title={t('record')} onClick={onRecord}>
      <IconMicrophone size={18} stroke={1.7} />
    </ActionIcon>
  );
}
