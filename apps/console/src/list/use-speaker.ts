import type { AuthorKind } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';

interface Author {
  readonly kind: AuthorKind;
  readonly id: string | undefined;
}

/** Who said something, before what they said; of a customer nothing, for the row is theirs. */
export function useSpeaker(): (author: Author) => string | null {
  const { t } = useTranslation('list');
  const me = useMe();
  const firstName = useFirstName();
  return ({ kind, id }) => {
    if (kind === 'bot') return t('botSaid');
    if (kind !== 'agent') return null;
    return id === me.id ? t('youSaid') : t('agentSaid', { name: firstName(id) });
  };
}

/** As a row has room for: an agent's first name. */
export function useFirstName(): (agentId: string | undefined) => string {
  const { t: thread } = useTranslation('thread');
  const { agents } = useDirectory();
  return (agentId) => (agentId === undefined ? undefined : agents.get(agentId))?.name.split(' ')[0] ?? thread('unknownAgent');
}
