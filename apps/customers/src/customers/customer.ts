import {
  type AttributeView,
  AppError,
  type CustomerEvent,
  customersEvents,
  type CustomerView,
  type EntryActor,
  type Identity,
  invalid,
  notFound,
} from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

export interface CustomerState extends AggregateState {
  name: string;
  identities: Identity[];
  attributes: Record<string, AttributeView>;
  affinityAgentId: string | null;
  blocked: boolean;
}

interface CustomerCreated {
  identity: Identity;
  /** As the channel gave it. */
  name: string | null;
  attributes: Record<string, string>;
}

/** What a channel told later. */
interface AttributesCollected {
  channelId: string;
  /** Null: as it was. */
  name: string | null;
  /** The changed ones alone. */
  attributes: Record<string, string>;
}

export type CustomerEntry = JournalEntry<'customer-created', CustomerCreated> | JournalEntry<'customer-attributes-collected', AttributesCollected>;

/** What a channel tells of a customer: `create` where there is none yet, `collect` for what is new since. */
export interface CustomerCommand {
  type: 'create' | 'collect';
  by: EntryActor;
  identity: Identity;
  name: string | null;
  attributes: Record<string, string>;
}

/** Of a customer, from all sources. */
export const maxAttributes = 200;

/** A customer's id follows from their first identity, so that meeting them twenty times at once makes one. */
export const customerIdOf = (workspaceId: string, { channelId, externalId }: Identity): string =>
  digestId('customer', workspaceId, channelId, externalId);

export const customerView = (id: string, { name, identities, attributes, seq, affinityAgentId, blocked }: CustomerState): CustomerView => ({
  id,
  name,
  identities,
  attributes,
  version: seq,
  affinityAgentId,
  blocked,
});

/** What `attributes` would change. What an agent set is theirs: a channel does not overwrite it. */
function changedAttributes(state: CustomerState, attributes: Record<string, string>): Record<string, string> {
  const known = new Map(Object.entries(state.attributes));
  return Object.fromEntries(
    Object.entries(attributes).filter(([key, value]) => {
      const current = known.get(key);
      return current?.source !== 'agent' && current?.value !== value;
    }),
  );
}

/** A name replaces only the lack of one: until then a customer is called by their external id. */
function adoptedName({ name, identities }: CustomerState, given: string | null): string | null {
  const unnamed = identities.some(({ externalId }) => externalId === name);
  return unnamed && given !== name ? given : null;
}

function collected(state: CustomerState, { by, identity, name, attributes }: CustomerCommand): Decision<CustomerEntry> | null {
  const data = { channelId: identity.channelId, name: adoptedName(state, name), attributes: changedAttributes(state, attributes) };
  const tooMany = [...new Set([...Object.keys(state.attributes), ...Object.keys(data.attributes)])].at(maxAttributes);
  if (tooMany !== undefined) throw invalid(`attributes.${tooMany}`, `is one more than the ${maxAttributes} that a customer can have`);
  if (data.name === null && Object.keys(data.attributes).length === 0) return null;
  return { type: 'customer-attributes-collected', actor: by, data };
}

export function decide(state: CustomerState | null, command: CustomerCommand): Decision<CustomerEntry> | null {
  switch (command.type) {
    case 'create': {
      if (state !== null) throw new AppError('CONFLICT', 'This customer exists.');
      const { by, identity, name, attributes } = command;
      return { type: 'customer-created', actor: by, data: { identity, name, attributes } };
    }
    case 'collect':
      if (state === null) throw notFound('customer');
      return collected(state, command);
  }
}

function attributed(channelId: string, at: Date, values: Record<string, string>): Record<string, AttributeView> {
  const provenance = { source: 'api', by: channelId, at: at.toISOString() } as const;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, ...provenance }]));
}

export function fold(state: CustomerState | null, entry: CustomerEntry): CustomerState {
  const { workspaceId, seq, at } = entry;
  switch (entry.type) {
    case 'customer-created': {
      const { identity, name, attributes } = entry.data;
      return {
        workspaceId,
        seq,
        at,
        name: name ?? identity.externalId,
        identities: [identity],
        attributes: attributed(identity.channelId, at, attributes),
        affinityAgentId: null,
        blocked: false,
      };
    }
    case 'customer-attributes-collected': {
      if (state === null) throw new Error('a customer begins with customer-created');
      const { channelId, name, attributes } = entry.data;
      return { ...state, seq, at, name: name ?? state.name, attributes: { ...state.attributes, ...attributed(channelId, at, attributes) } };
    }
  }
}

export const customerAggregate: Aggregate<CustomerState, CustomerEntry, CustomerCommand> = {
  noun: 'customer',
  indexes: [],
  decide,
  fold,
  toEvents: (_before, after, { workspaceId, aggregateId, seq, type }) => {
    const payload: CustomerEvent = { noun: 'customer', workspaceId, customer: customerView(aggregateId, after) };
    return [outgoing({ contract: customersEvents, workspaceId, aggregateId, seq, fact: type, payload })];
  },
};
