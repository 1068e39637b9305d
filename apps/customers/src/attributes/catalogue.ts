import { AppError, type AttributeDefinition, type AttributeEvent, customersEvents, type EntryActor } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

/** All attribute definitions of a workspace, one aggregate, so that the uniqueness of keys is decided where it is written. */
export interface CatalogueState extends AggregateState {
  /** In the order in which they were defined. */
  definitions: AttributeDefinition[];
}

export type CatalogueEntry = JournalEntry<'attribute-defined', AttributeDefinition>;

export interface DefineAttributeCommand {
  type: 'define';
  by: EntryActor;
  definition: AttributeDefinition;
}

export const maxDefinitions = 200;

export const catalogueIdOf = (workspaceId: string): string => digestId('attributes', workspaceId);

function decide(state: CatalogueState | null, { by, definition }: DefineAttributeCommand): Decision<CatalogueEntry> {
  const definitions = state?.definitions ?? [];
  if (definitions.some(({ key }) => key === definition.key)) {
    throw new AppError('CONFLICT', 'key: is taken', { errors: [{ path: 'key', message: 'is taken' }] });
  }
  if (definitions.length >= maxDefinitions) throw new AppError('RULE_VIOLATED', `A workspace has at most ${maxDefinitions} attributes.`);
  return { type: 'attribute-defined', actor: by, data: definition };
}

export const catalogueAggregate: Aggregate<CatalogueState, CatalogueEntry, DefineAttributeCommand> = {
  noun: 'catalogue',
  indexes: [],
  decide,
  fold: (state, { workspaceId, seq, at, data }) => ({ workspaceId, seq, at, definitions: [...(state?.definitions ?? []), data] }),
  toEvents: (_before, _after, { workspaceId, aggregateId, seq, type, data }) => {
    const payload: AttributeEvent = { noun: 'attribute', workspaceId, attribute: data };
    return [outgoing({ contract: customersEvents, workspaceId, aggregateId, seq, fact: type, payload })];
  },
};
