import { type AttributeValue, type AttributeView, type CustomerView, type EntryActor, type Identity } from '@relevo/contracts';
import type { AggregateState, JournalEntry } from '@relevo/journal';
import { digestId } from '@relevo/platform';

export interface CustomerState extends AggregateState {
  createdAt: Date;
  name: string;
  identities: Identity[];
  attributes: Record<string, AttributeView>;
  affinityAgentId: string | null;
  blocked: boolean;
  /** Seq of the last change of each field by its stored name, gone ones too: what a concurrent edit is checked against. */
  changedAt: Record<string, number>;
  /** The customer that is about to be merged into this one. */
  merging: string | null;
  /** Since when. */
  mergingSince: Date | null;
  /** The customer that this one turned out to be. */
  mergedInto: string | null;
}

export type CustomerEntry =
  | JournalEntry<'customer-created', { identity: Identity; /** As the channel gave it. */ name: string | null; attributes: Record<string, string> }>
  /** What a channel told later; the changed attributes alone, and null for a name that stays. */
  | JournalEntry<'customer-attributes-collected', { channelId: string; name: string | null; attributes: Record<string, string> }>
  | JournalEntry<'customer-edited', CustomerEdit>
  | JournalEntry<'customer-blocked' | 'customer-unblocked', Record<string, never>>
  | JournalEntry<'customer-affinity-changed', { agentId: string | null }>
  | JournalEntry<'customer-merge-begun' | 'customer-merge-given-up', { sourceId: string }>
  | JournalEntry<'customer-merged-into', { intoId: string }>
  | JournalEntry<'customer-merged-from', { sourceId: string; source: Inheritance }>;

/** What an agent changes; the changed fields alone. */
export interface CustomerEdit {
  set: Record<string, AttributeValue>;
  unset: string[];
  name: string | null;
}

/** What a customer brings along when they are merged. */
export type Inheritance = Pick<CustomerState, 'name' | 'identities' | 'attributes' | 'affinityAgentId' | 'blocked'>;

/** What a channel tells of a customer: `create` where there is none yet, `collect` for what is new since. */
export interface TellCommand {
  type: 'create' | 'collect';
  by: EntryActor;
  identity: Identity;
  name: string | null;
  attributes: Record<string, string>;
}

export type CustomerCommand =
  | TellCommand
  /** `version` is the seq that the agent saw. */
  | ({ type: 'edit'; by: EntryActor; version: number } & CustomerEdit)
  | { type: 'block' | 'unblock'; by: EntryActor }
  | { type: 'take'; by: EntryActor; agentId: string; isAdmin: boolean }
  | { type: 'drop'; by: EntryActor; isAdmin: boolean }
  | { type: 'begin-merge' | 'give-up-merge'; by: EntryActor; sourceId: string }
  | { type: 'merge-into'; by: EntryActor; intoId: string }
  | { type: 'merge-from'; by: EntryActor; sourceId: string; source: Inheritance };

/** Of a customer, from all sources. */
export const maxAttributes = 200;

/** A customer's id follows from their first identity, so that meeting them twenty times at once makes one. */
export const customerIdOf = (workspaceId: string, { channelId, externalId }: Identity): string =>
  digestId('customer', workspaceId, channelId, externalId);

export const customerView = (id: string, { name, identities, attributes, seq, affinityAgentId, blocked, mergedInto }: CustomerState): CustomerView => ({
  id,
  name,
  identities,
  attributes,
  version: seq,
  affinityAgentId,
  blocked,
  ...(mergedInto !== null && { mergedIntoId: mergedInto }),
});

/** Fields as agents are told of them. */
export const nameField = 'name';
export const attributeField = (key: string): string => `attributes.${key}`;

/** The same as a key of a stored record, where a dot would mean something. */
export const storedField = (field: string): string => field.replace('.', ':');
