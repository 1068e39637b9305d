import { AppError, type AttributeDefinition, type AttributeEvent, customersEvents, type EntryActor, invalid, notFound } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

/** All attribute definitions of a workspace, one aggregate, so that the uniqueness of keys is decided where it is written. */
export interface CatalogueState extends AggregateState {
  /** In the order in which they were defined. */
  definitions: AttributeDefinition[];
}

/** Both carry the definition as it is from then on. */
export type CatalogueEntry = JournalEntry<'attribute-defined' | 'attribute-changed', AttributeDefinition>;

export type CatalogueCommand =
  | { type: 'define'; by: EntryActor; definition: AttributeDefinition }
  | { type: 'change'; by: EntryActor; key: string; changes: Partial<Pick<AttributeDefinition, 'label' | 'required' | 'readOnly' | 'options'>> };

export const maxDefinitions = 200;

export const catalogueIdOf = (workspaceId: string): string => digestId('attributes', workspaceId);

/** A list is one of its options, and nothing else has any. */
function sound(definition: AttributeDefinition): AttributeDefinition {
  const { type, options } = definition;
  if (type === 'list' && options.length === 0) throw invalid('options', 'must name what a list may be');
  if (type !== 'list' && options.length > 0) throw invalid('options', 'is for lists alone');
  return definition;
}

function decide(state: CatalogueState | null, command: CatalogueCommand): Decision<CatalogueEntry> | null {
  const definitions = state?.definitions ?? [];
  if (command.type === 'define') {
    const { by, definition } = command;
    if (definitions.some(({ key }) => key === definition.key)) {
      throw new AppError('CONFLICT', 'key: is taken', { errors: [{ path: 'key', message: 'is taken' }] });
    }
    if (definitions.length >= maxDefinitions) throw new AppError('RULE_VIOLATED', `A workspace has at most ${maxDefinitions} attributes.`);
    return { type: 'attribute-defined', actor: by, data: sound(definition) };
  }
  const before = definitions.find(({ key }) => key === command.key);
  if (!before) throw notFound('attribute');
  const after = sound({ ...before, ...command.changes });
  return JSON.stringify(after) === JSON.stringify(before) ? null : { type: 'attribute-changed', actor: command.by, data: after };
}

export const catalogueAggregate: Aggregate<CatalogueState, CatalogueEntry, CatalogueCommand> = {
  noun: 'catalogue',
  indexes: [],
  decide,
  fold: (state, { workspaceId, seq, at, type, data }) => {
    const known = state?.definitions ?? [];
    const definitions = type === 'attribute-defined' ? [...known, data] : known.map((definition) => (definition.key === data.key ? data : definition));
    return { workspaceId, seq, at, definitions };
  },
  toEvents: (_before, _after, { workspaceId, aggregateId, seq, type, data }) => {
    const payload: AttributeEvent = { noun: 'attribute', workspaceId, attribute: data };
    return [outgoing({ contract: customersEvents, workspaceId, aggregateId, seq, fact: type, payload })];
  },
};
