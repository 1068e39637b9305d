import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyState } from '../ui/empty-state';
import { IconSearch } from '../ui/icons';

export function NotFound() {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  return (
    <main>
      <EmptyState icon={<IconSearch size={26} />} title={t('notFound')} hint={t('notFoundHint')} action={<Button onClick={() => void navigate('/')}>{t('goHome')}</Button>} />
    </main>
  );
}
