import { AppError, conversationsEvents, type EntryActor, type TagView } from '@relevo/contracts';
import type { Aggregate, AggregateState, Decision, JournalEntry } from '@relevo/journal';
import { outgoing } from '@relevo/messaging';
import { digestId } from '@relevo/platform';

/** All tags of a workspace are one aggregate, so that the uniqueness of names is decided where it is written. */
export interface TagCatalogueState extends AggregateState {
  tags: TagView[];
}

export type TagCatalogueEntry = JournalEntry<'tag-created', TagView>;

export interface CreateTagCommand {
  type: 'create';
  by: EntryActor;
  tag: TagView;
}

export const tagCatalogueIdOf = (workspaceId: string): string => digestId('tags', workspaceId);

/** Names are unique regardless of case and accents (product rule "Tags"). */
export const nameKeyOf = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ');

function decide(state: TagCatalogueState | null, { by, tag }: CreateTagCommand): Decision<TagCatalogueEntry> {
  const taken = state?.tags.some(({ name }) => nameKeyOf(name) === nameKeyOf(tag.name));
  if (taken) throw new AppError('CONFLICT', 'A tag of this name exists.', { errors: [{ path: 'name', message: 'is taken' }] });
  return { type: 'tag-created', actor: by, data: tag };
}

export const tagCatalogue: Aggregate<TagCatalogueState, TagCatalogueEntry, CreateTagCommand> = {
  noun: 'tag-catalogue',
  indexes: [],
  decide,
  fold: (state, { workspaceId, seq, at, data }) => ({ workspaceId, seq, at, tags: [...(state?.tags ?? []), data] }),
  toEvents: (_before, _after, { workspaceId, aggregateId, seq, type, data }) => [
    outgoing({
      contract: conversationsEvents,
      workspaceId,
      aggregateId,
      seq,
      fact: type,
      payload: { noun: 'tag', workspaceId, tag: data },
    }),
  ],
};
