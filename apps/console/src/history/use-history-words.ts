import type { CustomerFieldChange, CustomerHistoryEntry, Identity } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useShownValue } from '../editing/use-shown-value';
import { useMe, useRelevo } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { useStore } from '../ui/use-store';
import { changedField } from './revertible';

export interface HistoryWords {
  /** Who did what. */
  readonly title: string;
  /** What it changed, field by field. */
  readonly lines: readonly string[];
}

const asIdentities = (value: unknown): readonly Identity[] => (Array.isArray(value) ? (value as Identity[]) : []);

/** Steps on the way to something that is told by its own entry. */
const steps: readonly string[] = ['customer-merge-begun', 'customer-merge-given-up', 'customer-merged-into'];

/** Says what happened to a customer; null where there is nothing to say of it. */
export function useHistoryWords(): (entry: CustomerHistoryEntry) => HistoryWords | null {
  const { t } = useTranslation('history');
  const { t: customer } = useTranslation('customer');
  const { t: common } = useTranslation('common');
  const me = useMe();
  const { agents, channels } = useDirectory();
  const definitions = useStore(useRelevo().directory.attributes);
  const show = useShownValue();

  const agentName = (id: unknown): string => agents.get(String(id))?.name ?? customer('someAgent');
  const channelName = (id: string): string => channels.get(id)?.name ?? customer('channel');

  const lineOf = ({ field, from, to }: CustomerFieldChange): string | null => {
    if (field === 'identities') {
      const known = new Set(asIdentities(from).map((identity) => JSON.stringify(identity)));
      const added = asIdentities(to).filter((identity) => !known.has(JSON.stringify(identity)));
      return t('identities', { value: added.map(({ channelId, externalId }) => `${channelName(channelId)} ${externalId}`).join(', ') });
    }
    if (field === 'affinityAgentId') return to === null ? null : customer('affinity', { name: agentName(to) });
    if (field === 'blocked') return to === true ? customer('blocked') : null;
    const { label, type } = changedField(field, definitions, customer('name'));
    const [was, is] = [show(from, type), show(to, type)];
    if (from === null) return t('added', { field: label, value: is });
    return to === null ? t('removed', { field: label, value: was }) : t('changed', { field: label, from: was, to: is });
  };

  const titleOf = ({ type, actor, changes }: CustomerHistoryEntry): string => {
    const isOwn = actor.kind === 'agent' && actor.id === me.id;
    const name = actor.kind === 'agent' ? (agents.get(actor.id)?.name ?? actor.name) : actor.kind === 'bot' ? common('bot') : channelName(actor.id);
    switch (type) {
      case 'customer-created':
        return t('created', { channel: name });
      case 'customer-attributes-collected':
        return t('collected', { channel: name });
      case 'customer-edited':
        return isOwn ? t('ownEdited') : t('edited', { actor: name });
      case 'customer-blocked':
        return isOwn ? t('ownBlocked') : t('blocked', { actor: name });
      case 'customer-unblocked':
        return isOwn ? t('ownUnblocked') : t('unblocked', { actor: name });
      case 'customer-merged-from':
        return isOwn ? t('ownMerged') : t('merged', { actor: name });
      case 'customer-affinity-changed': {
        const agentId = changes.find(({ field }) => field === 'affinityAgentId')?.to ?? null;
        if (agentId === null) return isOwn ? t('ownDropped') : t('dropped', { actor: name });
        if (agentId === actor.id) return isOwn ? t('ownTook') : t('took', { actor: name });
        return isOwn ? t('ownGave', { agent: agentName(agentId) }) : t('gave', { actor: name, agent: agentName(agentId) });
      }
      default:
        return t('other', { actor: name });
    }
  };

  return (entry) => {
    if (steps.includes(entry.type)) return null;
    const isSaidAlready = entry.type === 'customer-affinity-changed' || entry.type.endsWith('blocked') || entry.type === 'customer-created';
    const told = isSaidAlready ? entry.changes.filter(({ field }) => field === 'name' || field.startsWith('attributes.')) : entry.changes;
    return { title: titleOf(entry), lines: told.flatMap((change) => lineOf(change) ?? []) };
  };
}
