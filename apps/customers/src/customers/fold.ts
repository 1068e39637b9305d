import type { AttributeSource, AttributeValue, AttributeView } from '@relevo/contracts';
import { attributeField, type CustomerEntry, type CustomerState, type Inheritance, nameField, storedField } from './customer.js';

/** The state after an entry; the entry was decided, so nothing is refused here. */
export function fold(before: CustomerState | null, entry: CustomerEntry): CustomerState {
  const after = entry.type === 'customer-created' ? created(entry) : before && changed(before, entry);
  if (!after) throw new Error('a customer begins with customer-created');
  return { ...after, seq: entry.seq, at: entry.at };
}

type Provenance = Omit<AttributeView, 'value'>;

const provenanceOf = (source: AttributeSource, by: string, at: Date): Provenance => ({ source, by, at: at.toISOString() });

function attributed(values: Record<string, AttributeValue>, provenance: Provenance): Record<string, AttributeView> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, ...provenance }]));
}

const changedNow = (fields: readonly string[], seq: number): Record<string, number> => Object.fromEntries(fields.map((field) => [storedField(field), seq]));

function created({ workspaceId, seq, at, data: { identity, name, attributes } }: Extract<CustomerEntry, { type: 'customer-created' }>): CustomerState {
  return {
    workspaceId,
    seq,
    at,
    createdAt: at,
    name: name ?? identity.externalId,
    identities: [identity],
    attributes: attributed(attributes, provenanceOf('api', identity.channelId, at)),
    affinityAgentId: null,
    blocked: false,
    changedAt: changedNow([nameField, ...Object.keys(attributes).map(attributeField)], seq),
    merging: null,
    mergingSince: null,
    mergedInto: null,
  };
}

function changed(state: CustomerState, entry: Exclude<CustomerEntry, { type: 'customer-created' }>): CustomerState {
  const { seq, at, actor } = entry;
  switch (entry.type) {
    case 'customer-attributes-collected': {
      const { channelId, name, attributes } = entry.data;
      const fields = [...Object.keys(attributes).map(attributeField), ...(name === null ? [] : [nameField])];
      return {
        ...state,
        name: name ?? state.name,
        attributes: { ...state.attributes, ...attributed(attributes, provenanceOf('api', channelId, at)) },
        changedAt: { ...state.changedAt, ...changedNow(fields, seq) },
      };
    }
    case 'customer-edited': {
      const { set, unset, name } = entry.data;
      const kept = Object.fromEntries(Object.entries(state.attributes).filter(([key]) => !unset.includes(key)));
      const fields = [...[...Object.keys(set), ...unset].map(attributeField), ...(name === null ? [] : [nameField])];
      return {
        ...state,
        name: name ?? state.name,
        attributes: { ...kept, ...attributed(set, provenanceOf('agent', actor.id, at)) },
        changedAt: { ...state.changedAt, ...changedNow(fields, seq) },
      };
    }
    case 'customer-blocked':
    case 'customer-unblocked':
      return { ...state, blocked: entry.type === 'customer-blocked' };
    case 'customer-affinity-changed':
      return { ...state, affinityAgentId: entry.data.agentId };
    case 'customer-merge-begun':
      return { ...state, merging: entry.data.sourceId, mergingSince: at };
    case 'customer-merge-given-up':
      return { ...state, merging: null, mergingSince: null };
    case 'customer-merged-into':
      return { ...state, mergedInto: entry.data.intoId };
    case 'customer-merged-from':
      return inherited(state, entry.data, seq);
  }
}

/** What the other knew and this one did not; where both know, this one is right. */
function inherited(state: CustomerState, { sourceId, source }: { sourceId: string; source: Inheritance }, seq: number): CustomerState {
  const unnamed = state.identities.some(({ externalId }) => externalId === state.name);
  const news = Object.entries(source.attributes).filter(([key]) => !Object.hasOwn(state.attributes, key));
  const name = unnamed ? source.name : state.name;
  return {
    ...state,
    name,
    identities: [...state.identities, ...source.identities],
    attributes: { ...state.attributes, ...Object.fromEntries(news) },
    affinityAgentId: state.affinityAgentId ?? source.affinityAgentId,
    blocked: state.blocked || source.blocked,
    changedAt: { ...state.changedAt, ...changedNow([...news.map(([key]) => attributeField(key)), ...(unnamed ? [nameField] : [])], seq) },
    // Taken over late, another may have begun.
    ...(state.merging === sourceId && { merging: null, mergingSince: null }),
  };
}
