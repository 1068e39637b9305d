import { AppError, type FieldConflict, invalid, notFound } from '@relevo/contracts';
import type { Decision } from '@relevo/journal';
import { attributeField, type CustomerCommand, type CustomerEdit, type CustomerEntry, type CustomerState, type Inheritance, maxAttributes, nameField, storedField, type TellCommand } from './customer.js';

type Decided = Decision<CustomerEntry> | null;

const ruleViolated = (message: string): AppError => new AppError('RULE_VIOLATED', message);

/** Every change of a customer. */
export function decide(state: CustomerState | null, command: CustomerCommand): Decided {
  if (command.type === 'create') {
    if (state !== null) throw new AppError('CONFLICT', 'This customer exists.');
    const { by, identity, name, attributes } = command;
    return { type: 'customer-created', actor: by, data: { identity, name, attributes } };
  }
  if (state === null) throw notFound('customer');
  if (state.mergedInto !== null) return decideForMerged(state.mergedInto, command);
  switch (command.type) {
    case 'collect':
      return collected(state, command);
    case 'edit':
      return edited(state, command);
    case 'block':
      return state.blocked ? null : { type: 'customer-blocked', actor: command.by, data: {} };
    case 'unblock':
      return state.blocked ? { type: 'customer-unblocked', actor: command.by, data: {} } : null;
    case 'take':
      return affinity(state, command, command.agentId);
    case 'drop':
      return affinity(state, command, null);
    case 'begin-merge':
      if (state.merging === command.sourceId) return null;
      if (state.merging !== null) throw ruleViolated('Another customer is being merged into this one.');
      return { type: 'customer-merge-begun', actor: command.by, data: { sourceId: command.sourceId } };
    case 'merge-into':
      // Two that are merged into each other at once would end in neither.
      if (state.merging !== null) throw ruleViolated('Another customer is being merged into this one.');
      return { type: 'customer-merged-into', actor: command.by, data: { intoId: command.intoId } };
    case 'merge-from':
      // Somebody may have given it up just before its commit: what the source says counts, and its identities tell whether they are here.
      if (state.merging !== command.sourceId && hasAll(state, command.source)) return null;
      return { type: 'customer-merged-from', actor: command.by, data: { sourceId: command.sourceId, source: command.source } };
    case 'give-up-merge':
      if (state.merging !== command.sourceId) return null;
      return { type: 'customer-merge-given-up', actor: command.by, data: { sourceId: command.sourceId } };
  }
}

const hasAll = (state: CustomerState, { identities }: Inheritance): boolean =>
  identities.every(({ channelId, externalId }) => state.identities.some((known) => known.channelId === channelId && known.externalId === externalId));

function decideForMerged(mergedInto: string, command: CustomerCommand): Decided {
  if (command.type === 'merge-into' && command.intoId === mergedInto) return null;
  throw new AppError('RULE_VIOLATED', 'This customer goes on as another.', { details: { mergedIntoId: mergedInto } });
}

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

/** Refuses the first key beyond what a customer can have, by its path. */
function requireRoom(state: CustomerState, keys: readonly string[], path: (key: string) => string): void {
  const tooMany = [...new Set([...Object.keys(state.attributes), ...keys])].at(maxAttributes);
  if (tooMany !== undefined) throw invalid(path(tooMany), `is one more than the ${maxAttributes} that a customer can have`);
}

function collected(state: CustomerState, { by, identity, name, attributes }: TellCommand): Decided {
  const data = { channelId: identity.channelId, name: adoptedName(state, name), attributes: changedAttributes(state, attributes) };
  requireRoom(state, Object.keys(data.attributes), (key) => `attributes.${key}`);
  if (data.name === null && Object.keys(data.attributes).length === 0) return null;
  return { type: 'customer-attributes-collected', actor: by, data };
}

function edited(state: CustomerState, { by, version, set, unset, name }: Extract<CustomerCommand, { type: 'edit' }>): Decided {
  if (version > state.seq) throw invalid('version', 'has not been yet');
  const valueOf = (key: string) => (Object.hasOwn(state.attributes, key) ? (state.attributes[key]?.value as FieldConflict['theirs']) : null);
  const wanted: FieldConflict[] = [
    ...Object.entries(set).map(([key, value]) => ({ field: attributeField(key), yours: value, theirs: valueOf(key) })),
    ...unset.map((key) => ({ field: attributeField(key), yours: null, theirs: valueOf(key) })),
    ...(name === null ? [] : [{ field: nameField, yours: name, theirs: state.name }]),
  ];
  const changes = wanted.filter(({ yours, theirs }) => yours !== theirs);
  const fields = changes.filter(({ field }) => (state.changedAt[storedField(field)] ?? 0) > version);
  if (fields.length > 0) {
    throw new AppError('CONFLICT', 'Somebody else changed the same meanwhile.', {
      details: { fields, version: state.seq },
      errors: fields.map(({ field }) => ({ path: field, message: 'was changed by somebody else' })),
    });
  }
  if (changes.length === 0) return null;
  requireRoom(state, Object.keys(set), (key) => `set.${key}`);
  const isChanged = (field: string): boolean => changes.some((change) => change.field === field);
  const data: CustomerEdit = {
    set: Object.fromEntries(Object.entries(set).filter(([key]) => isChanged(attributeField(key)))),
    unset: unset.filter((key) => isChanged(attributeField(key))),
    name: isChanged(nameField) ? name : null,
  };
  return { type: 'customer-edited', actor: by, data };
}

/** Agents take or drop their own; only admins change another's (product rule "Routing"). */
function affinity(state: CustomerState, { by, isAdmin }: Extract<CustomerCommand, { type: 'take' | 'drop' }>, agentId: string | null): Decided {
  if (state.affinityAgentId === agentId) return null;
  const ownOnly = [state.affinityAgentId, agentId].every((id) => id === null || id === by.id);
  if (!ownOnly && !isAdmin) throw new AppError('FORBIDDEN', 'Only an admin changes whose customer another agent’s is.');
  return { type: 'customer-affinity-changed', actor: by, data: { agentId } };
}
