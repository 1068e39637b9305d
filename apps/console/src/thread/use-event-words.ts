import type { Responsible } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import type { HappenedEntry } from './thread-items';

/** Says what happened. What the reader did themselves is said to them: a verb of its own in Spanish and Portuguese. */
export function useEventWords(): (entry: HappenedEntry) => string {
  const { t } = useTranslation('thread');
  const { t: common } = useTranslation('common');
  const me = useMe();
  const { agents, teams, tags } = useDirectory();

  const agentName = (id: string): string => agents.get(id)?.name ?? t('unknownAgent');
  const teamName = (id: string): string => teams.get(id)?.name ?? t('unknownTeam');
  // None at all: they are on their way, rather than gone.
  const tagName = (id: string): string => tags.get(id)?.name ?? (tags.size === 0 ? '…' : t('unknownTag'));

  const transferred = ({ assigneeId, teamId }: Responsible, actor: string, isOwn: boolean): string => {
    if (assigneeId === null) {
      const team = teamId === null ? t('unknownTeam') : teamName(teamId);
      return isOwn ? t('ownTransferredToTeam', { team }) : t('transferredToTeam', { actor, team });
    }
    if (assigneeId === me.id) return t('transferredToYou', { actor });
    const agent = agentName(assigneeId);
    return isOwn ? t('ownTransferredToAgent', { agent }) : t('transferredToAgent', { actor, agent });
  };

  return (entry) => {
    const { kind, id, name } = entry.actor;
    const isOwn = kind === 'agent' && id === me.id;
    const actor = kind === 'agent' || kind === 'customer' ? name || common('customer') : common(kind);
    switch (entry.type) {
      case 'opened':
        return kind !== 'agent' ? t('opened') : isOwn ? t('ownOpenedOutbound') : t('openedOutbound', { actor });
      case 'closed':
        return entry.data.reason === 'inactivity' ? t('closedByInactivity') : isOwn ? t('ownClosedBy') : t('closedBy', { actor });
      case 'handed-over':
        return entry.data.teamId === null ? t('handedOver') : t('handedOverTeam', { team: teamName(entry.data.teamId) });
      case 'assigned': {
        const { agentId, from } = entry.data;
        const isClaim = kind === 'agent' && agentId === id;
        if (!isClaim) return agentId === me.id ? t('assignedToYou') : t('assignedTo', { agent: agentName(agentId) });
        if (from === 'bot') return isOwn ? t('ownClaimedFromBot') : t('claimedFromBot', { actor });
        return isOwn ? t('ownClaimed') : t('claimed', { actor });
      }
      case 'released':
        return isOwn ? t('ownReleased') : t('released', { actor });
      case 'transferred':
        return transferred(entry.data.to, actor, isOwn);
      case 'transfer-undone':
        return isOwn ? t('ownTransferUndone') : t('transferUndone', { actor });
      case 'close-undone':
        return isOwn ? t('ownCloseUndone') : t('closeUndone', { actor });
      case 'tagged': {
        const tag = tagName(entry.data.tagId);
        return isOwn ? t('ownTagged', { tag }) : t('tagged', { actor, tag });
      }
      case 'untagged': {
        const tag = tagName(entry.data.tagId);
        return isOwn ? t('ownUntagged', { tag }) : t('untagged', { actor, tag });
      }
      case 'marked-unread':
        return isOwn ? t('ownMarkedUnread') : t('markedUnread', { actor });
      case 'superseded':
        return t('continued');
      case 'customer-changed':
        return t('customerChanged', { name: entry.data.customer.name || common('unnamedCustomer') });
    }
  };
}
