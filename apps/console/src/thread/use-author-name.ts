import type { EntryActor } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';

/** Who wrote something, as whoever reads it knows them. */
export function useAuthorName(): (actor: EntryActor) => string {
  const { t } = useTranslation('common');
  const me = useMe();
  return ({ kind, id, name }) => {
    if (kind === 'customer') return name || t('unnamedCustomer');
    if (kind === 'agent') return id === me.id ? t('you') : name;
    return name || t(kind);
  };
}
