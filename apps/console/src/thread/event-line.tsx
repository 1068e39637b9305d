import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { useWhen } from '../i18n/use-when';
import classes from './event-line.module.css';
import type { HappenedEntry } from './thread-items';

/** Something that happened, in words. */
export function EventLine({ entry }: { readonly entry: HappenedEntry }) {
  const say = useEventWords();
  const when = useWhen();
  const note = entry.type === 'transferred' ? entry.data.note : undefined;
  return (
    <div className={classes.event} data-event={entry.type}>
      <p className={classes.line}>
        {say(entry)}
        <time className={classes.time} dateTime={entry.at} title={when.full(entry.at)}>
          {when.time(entry.at)}
        </time>
      </p>
      {note !== undefined && <p className={classes.note}>{note}</p>}
    </div>
  );
}

function useEventWords(): (entry: HappenedEntry) => string {
  const { t } = useTranslation('thread');
  const { t: common } = useTranslation('common');
  const me = useMe();
  const { agents, teams, tags } = useDirectory();

  const agentName = (id: string): string => (id === me.id ? common('you') : (agents.get(id)?.name ?? t('unknownAgent')));
  const teamName = (id: string): string => teams.get(id)?.name ?? t('unknownTeam');
  const tagName = (id: string): string => tags.get(id)?.name ?? t('unknownTag');

  return (entry) => {
    const { kind, id, name } = entry.actor;
    const actor = kind === 'agent' ? (id === me.id ? common('you') : name) : kind === 'customer' ? name || common('customer') : common(kind);
    switch (entry.type) {
      case 'opened':
        return kind === 'agent' ? t('openedOutbound', { actor }) : t('opened');
      case 'closed':
        return entry.data.reason === 'inactivity' ? t('closedByInactivity') : t('closedBy', { actor });
      case 'handed-over':
        return entry.data.teamId === null ? t('handedOver') : t('handedOverTeam', { team: teamName(entry.data.teamId) });
      case 'assigned': {
        const { agentId, from } = entry.data;
        if (kind !== 'agent' || agentId !== id) return t('assignedTo', { agent: agentName(agentId) });
        return t(from === 'bot' ? 'claimedFromBot' : 'claimed', { actor });
      }
      case 'released':
        return t('released', { actor });
      case 'transferred': {
        const { assigneeId, teamId } = entry.data.to;
        if (assigneeId !== null) return t('transferredToAgent', { actor, agent: agentName(assigneeId) });
        return t('transferredToTeam', { actor, team: teamId === null ? t('unknownTeam') : teamName(teamId) });
      }
      case 'transfer-undone':
        return t('transferUndone', { actor });
      case 'close-undone':
        return t('closeUndone', { actor });
      case 'tagged':
        return t('tagged', { actor, tag: tagName(entry.data.tagId) });
      case 'untagged':
        return t('untagged', { actor, tag: tagName(entry.data.tagId) });
      case 'marked-unread':
        return t('markedUnread', { actor });
      case 'superseded':
        return t('continued');
      case 'customer-changed':
        return t('customerChanged', { name: entry.data.customer.name || common('unnamedCustomer') });
    }
  };
}
